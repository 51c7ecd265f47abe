// expects: no field `author` on type
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn print(conn: &mut SqliteConnection) -> QueryResult<()> {
    for book in load!(Book { title }).load(conn)? {
        println!("{} {}", book.title, book.author.name);
    }
    Ok(())
}

fn main() {}
