/// The forms that come with Gouji, by path and text. Who checks takes the first that fits a report; who builds takes
/// those that say how they are printed.
pub const FORM_FILES: [(&str, &str); 5] = [
    ("forms/shenzhen-2019.toml", include_str!("../../../forms/shenzhen-2019.toml")),
    ("forms/jiangsu-2019.toml", include_str!("../../../forms/jiangsu-2019.toml")),
    ("forms/shanghai-2025.toml", include_str!("../../../forms/shanghai-2025.toml")),
    ("forms/shanghai-final-2024.toml", include_str!("../../../forms/shanghai-final-2024.toml")),
    ("forms/national-2017.toml", include_str!("../../../forms/national-2017.toml")),
];
