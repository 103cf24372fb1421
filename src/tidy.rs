//! Tests about the source itself: the layers, the files every release needs, the texts every language has.

use std::fs;
use std::path::{Path, PathBuf};

/// Each line may use the lines above it; neighbours on one line leave each other alone.
const LAYERS: &[&[&str]] = &[
    &["article"],
    &["text"],
    &["figure"],
    &["story", "compare", "query", "locale"],
    &["intake", "library", "export", "gloss", "log"],
    &["sync"],
    &["job"],
    &["ui"],
    &["config"],
    &["cli"],
];

fn source_files() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the source is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The module at the top of the crate that a file belongs to.
fn module_of(path: &Path) -> String {
    let below = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .expect("below src");
    let first = below.components().next().expect("a file has a name");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_string()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|line| line.contains(&module))
}

/// The modules that `source` names after `crate::`, alone or in a list.
fn used_modules(source: &str) -> Vec<String> {
    let mut used = Vec::new();
    for rest in source.split("crate::").skip(1) {
        let listed = rest.strip_prefix('{').and_then(|list| list.split('}').next());
        for path in listed.unwrap_or(rest).split(',') {
            let name: String = path
                .trim()
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            used.push(name);
            if listed.is_none() {
                break;
            }
        }
    }
    used
}

#[test]
fn modules_use_only_the_layers_above_them() {
    for path in source_files() {
        let module = module_of(&path);
        let Some(own) = layer(&module) else { continue };
        let source = fs::read_to_string(&path).expect("a source file is text");
        for used in used_modules(&source) {
            if used == module {
                continue;
            }
            if let Some(theirs) = layer(&used) {
                assert!(
                    theirs < own,
                    "{} uses {used}, which is not above {module}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_layer_check_sees_what_is_used() {
    let source =
        "use crate::article::Article;\nuse crate::{figure::Figure, text};\nlet x = crate::ui::run();";
    assert_eq!(used_modules(source), ["article", "figure", "text", "ui"]);
}
