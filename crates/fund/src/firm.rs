/// A firm as it stands in an application or a register; a field that is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// The name as written.
    pub name: String,
    /// The unified social credit code as written, valid or not.
    pub credit_code: String,
    /// The telephone number as written.
    pub phone: String,
    /// The address as written.
    pub address: String,
    /// The number of the bank account as written.
    pub account: String,
    /// The legal representative.
    pub representative: String,
    /// The person to be asked about the application.
    pub contact: String,
    /// Who holds shares.
    pub shareholders: Vec<Shareholder>,
}

/// One who holds shares of a firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shareholder {
    /// The name.
    pub name: String,
    /// The credit code when the shareholder is a unit; empty for a person.
    pub credit_code: String,
    /// The share in ten-thousandths, 0 to 10,000.
    pub share: u32,
}
