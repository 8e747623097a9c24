//! What the syntax tree tells: functions, declared modules, public items, test parts.

use std::ops::RangeInclusive;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A function with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name with the modules, types and functions it stands in.
    pub name: String,
    /// Where it starts, attributes and doc comment left out.
    pub line: usize,
    /// Lines from the first word of the signature to the closing brace.
    pub lines: usize,
    /// Parameters, the receiver included.
    pub parameters: usize,
}

/// A file declared by another: `mod name;`, with or without a path, or `include!`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The inline modules around the declaration.
    pub folders: Vec<String>,
    /// The module's name; empty for an included file.
    pub name: String,
    /// The path, if one is written.
    pub path: Option<String>,
    /// Whether only tests see the module.
    pub only_tests: bool,
}

impl Declaration {
    pub(super) fn by_path(path: &str) -> Self {
        Self { folders: Vec::new(), name: String::new(), path: Some(path.to_owned()), only_tests: false }
    }
}

/// All that is collected in one walk over the syntax tree.
#[derive(Default)]
pub struct Outline {
    pub functions: Vec<Function>,
    pub declarations: Vec<Declaration>,
    pub public_items: Vec<usize>,
    pub test_parts: Vec<RangeInclusive<usize>>,
    scope: Vec<String>,
    folders: Vec<String>,
}

impl Outline {
    pub fn of(file: &syn::File) -> Self {
        let mut outline = Self::default();
        outline.visit_file(file);
        outline
    }

    fn within(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.scope.push(name);
        walk(self);
        self.scope.pop();
    }

    fn note_test(&mut self, attributes: &[syn::Attribute], item: &impl Spanned) {
        if attributes.iter().any(is_test_mark) {
            let span = item.span();
            self.test_parts.push(span.start().line..=span.end().line);
        }
    }

    fn note_function(&mut self, public: &syn::Visibility, signature: &syn::Signature, body: &syn::Block) {
        let start = match public {
            syn::Visibility::Inherited => signature.span().start().line,
            written => written.span().start().line,
        };
        let end = body.brace_token.span.close().end().line;
        let mut name = self.scope.clone();
        name.push(signature.ident.to_string());
        self.functions.push(Function {
            name: name.join("::"),
            line: start,
            lines: end + 1 - start,
            parameters: signature.inputs.len(),
        });
    }

    fn note_declaration(&mut self, module: &syn::ItemMod) {
        self.declarations.push(Declaration {
            folders: self.folders.clone(),
            name: module.ident.to_string().trim_start_matches("r#").to_owned(),
            path: module.attrs.iter().find_map(written_path),
            only_tests: module.attrs.iter().any(is_test_mark),
        });
    }
}

impl<'ast> Visit<'ast> for Outline {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.note_test(&module.attrs, module);
        if module.content.is_none() {
            self.note_declaration(module);
        }
        self.folders.push(module.ident.to_string());
        self.within(module.ident.to_string(), |outline| visit::visit_item_mod(outline, module));
        self.folders.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.note_test(&function.attrs, function);
        self.note_function(&function.vis, &function.sig, &function.block);
        self.within(function.sig.ident.to_string(), |outline| visit::visit_item_fn(outline, function));
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        self.note_test(&block.attrs, block);
        self.within(type_name(&block.self_ty), |outline| visit::visit_item_impl(outline, block));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.note_test(&function.attrs, function);
        self.note_function(&function.vis, &function.sig, &function.block);
        self.within(function.sig.ident.to_string(), |outline| visit::visit_impl_item_fn(outline, function));
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.within(item.ident.to_string(), |outline| visit::visit_item_trait(outline, item));
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.note_function(&syn::Visibility::Inherited, &function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_test(&item.attrs, item);
        visit::visit_item_use(self, item);
    }

    fn visit_visibility(&mut self, visibility: &'ast syn::Visibility) {
        if matches!(visibility, syn::Visibility::Public(_)) {
            self.public_items.push(visibility.span().start().line);
        }
    }

    // A public field is part of its type, not an item of its own.
    fn visit_field(&mut self, _: &'ast syn::Field) {}
}

fn is_test_mark(attribute: &syn::Attribute) -> bool {
    if attribute.path().is_ident("test") {
        return true;
    }
    let syn::Meta::List(list) = &attribute.meta else { return false };
    let condition = list.tokens.to_string();
    let says = |word: &str| condition.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    list.path.is_ident("cfg") && says("test") && !says("not")
}

fn written_path(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) = &pair.value else { return None };
    pair.path.is_ident("path").then(|| path.value())
}

fn type_name(kind: &syn::Type) -> String {
    match kind {
        syn::Type::Path(path) => path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string()),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        _ => "impl".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Outline {
        Outline::of(&syn::parse_file(text).expect("the test writes Rust"))
    }

    #[test]
    fn functions_carry_their_place_and_size() {
        let found =
            outline("/// Doc.\n#[inline]\npub fn a(\n    b: u8,\n) {\n}\nimpl T {\n    fn c(&self, d: u8) {}\n}\n")
                .functions;
        assert_eq!(found[0], Function { name: "a".into(), line: 3, lines: 4, parameters: 1 });
        assert_eq!(found[1], Function { name: "T::c".into(), line: 8, lines: 1, parameters: 2 });
    }

    #[test]
    fn trait_methods_count_only_with_a_body() {
        let names: Vec<String> =
            outline("trait A { fn b(&self); fn c(&self) {} }").functions.into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["A::c"]);
    }

    #[test]
    fn fields_and_restricted_items_are_not_public_items() {
        let found =
            outline("pub struct A { pub b: u8 }\npub(crate) fn c() {}\npub use d::e;\nimpl A { pub fn f() {} }\n");
        assert_eq!(found.public_items, [1, 3, 4]);
    }

    #[test]
    fn declarations_know_their_folders_paths_and_tests() {
        let found = outline("mod a { mod b; }\n#[path = \"x.rs\"]\nmod c;\n#[cfg(test)]\nmod d;\n").declarations;
        assert_eq!(found[0].folders, ["a"]);
        assert_eq!(found[1].path.as_deref(), Some("x.rs"));
        assert!(found[2].only_tests && !found[1].only_tests);
    }
}
