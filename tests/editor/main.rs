//! What an editor shows of `load!` while it is written: the tests ask a rust-analyzer, as an editor does.

mod editor;
mod server;

use crate::editor::Editor;

fn main() {
    let mut editor = Editor::start();
    for line in std::fs::read_to_string("/tmp/editor-states.txt").unwrap().lines().filter(|l| !l.is_empty()) {
        let (what, state) = line.split_once(' ').unwrap();
        match what {
            "c" => { let o = editor.complete(state); println!("{state}\n     {:?}\n     {:?}", o.fields, o.others.iter().take(60).collect::<Vec<_>>()) }
            "e" => println!("{state}\n     {:?}", editor.errors(state)),
            "h" => println!("{state}\n     {:?}", editor.hover(state)),
            "d" => println!("{state}\n     {:?}", editor.definition(state)),
            "r" => println!("{state}\n     {:?}", editor.rename(state, "renamed")),
            _ => panic!(),
        }
    }
}
