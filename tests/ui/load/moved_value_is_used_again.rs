// expects: borrow of moved value: `title`
use diesel::prelude::*;
use upfront::load;
use upfront_tests::library::*;

fn used(conn: &mut SqliteConnection) -> QueryResult<()> {
    let title = String::from("Emma");
    load!(Author { name, prefetch books.filter(books::title.eq(title)) { title } }).load(conn)?;
    println!("{title}");
    Ok(())
}

fn main() {}
