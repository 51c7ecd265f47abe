//! Random rows of the shop.

use proptest::prelude::*;

use super::replace;

/// The plain rows.
#[derive(Debug)]
pub struct World {
    /// By their number: a name of one digit, and the boss.
    pub people: Vec<(i32, i32, Option<i32>)>,
    pub follows: Vec<(i32, i32, i32)>,
    pub orders: Vec<(i32, i32, i32)>,
    pub lines: Vec<(i32, i32, i32, i32)>,
    pub products: Vec<(i32, Option<i32>)>,
}

fn numbered<T>(rows: Vec<T>) -> Vec<(i32, T)> {
    (1..).zip(rows).collect()
}

prop_compose! {
    pub fn world()(
        people in prop::collection::vec((0..5, prop::option::weighted(0.8, 1..8)), 0..7),
        follows in prop::collection::btree_map((1..8, 1..8), 0..5, 0..14),
        orders in prop::collection::vec((1..7, 0..5), 0..12),
        lines in prop::collection::vec((1..12, 1..6, 0..5), 0..24),
        products in prop::collection::vec(prop::option::weighted(0.7, 0..5), 0..5),
    ) -> World {
        World {
            people: numbered(people).into_iter().map(|(id, (name, boss))| (id, name, boss)).collect(),
            follows: follows.into_iter().map(|((from, to), since)| (from, to, since)).collect(),
            orders: numbered(orders).into_iter().map(|(id, (person, placed))| (id, person, placed)).collect(),
            lines: numbered(lines)
                .into_iter()
                .map(|(id, (order, product, quantity))| (id, order, product, quantity))
                .collect(),
            products: numbered(products),
        }
    }
}

impl World {
    /// Puts these rows in the place of all others.
    pub fn sql(&self) -> String {
        let mut sql = String::from("BEGIN; DELETE FROM people;");
        // A name is no number.
        for (id, name, boss) in &self.people {
            let boss = boss.map_or("NULL".to_owned(), |boss| boss.to_string());
            sql += &format!("INSERT INTO people VALUES ({id}, '{name}', {boss});");
        }
        sql += "DELETE FROM products;";
        for (id, weight) in &self.products {
            let weight = weight.map_or("NULL".to_owned(), |weight| weight.to_string());
            sql += &format!("INSERT INTO products VALUES ({id}, '{id}', 'k', {weight});");
        }
        sql += "DELETE FROM orders;";
        for (id, person, placed) in self.orders.iter().rev() {
            sql += &format!("INSERT INTO orders VALUES ({id}, {person}, {placed}, TRUE);");
        }
        let follows =
            self.follows.iter().map(|(from, to, since)| vec![Some(*from), Some(*to), Some(*since)]);
        sql += &replace("follows", &mut follows.into_iter());
        let line = |(id, order, product, quantity): &(i32, i32, i32, i32)| {
            [*id, *order, *product, *quantity, 1].map(Some).to_vec()
        };
        sql += &replace("\"lines\"", &mut self.lines.iter().map(line));
        sql += "COMMIT;";
        sql
    }

    fn named(&self, wanted: impl Fn(i32, Option<i32>) -> bool) -> Children {
        let people = self.people.iter().filter(|(id, _, boss)| wanted(*id, *boss));
        people.map(|(id, name, _)| (vec![*id], Some(*name))).collect()
    }

    pub fn reports(&self, person: i32) -> Children {
        self.named(|_, boss| boss == Some(person))
    }

    pub fn grandreports(&self, person: i32) -> Children {
        let reports: Vec<_> = self.reports(person).iter().map(|(key, _)| Some(key[0])).collect();
        self.named(|_, boss| reports.contains(&boss) && boss.is_some())
    }

    pub fn follows(&self, person: i32) -> Children {
        let follows = self.follows.iter().filter(|(from, ..)| *from == person);
        let there = follows.filter(|(_, to, _)| self.people.iter().any(|(id, ..)| id == to));
        there.map(|(_, to, since)| (vec![*to], Some(*since))).collect()
    }

    pub fn orders(&self, person: i32) -> Children {
        let orders = self.orders.iter().filter(|(_, of, _)| *of == person);
        orders.map(|(id, _, placed)| (vec![*id], Some(*placed))).collect()
    }

    pub fn lines(&self, person: i32) -> Children {
        let orders = self.orders(person);
        let lines = self
            .lines
            .iter()
            .filter(|(_, order, ..)| orders.iter().any(|(key, _)| key[0] == *order));
        lines.map(|(id, _, _, quantity)| (vec![*id], Some(*quantity))).collect()
    }

    /// Pairs of a product and the line that leads to it.
    pub fn products(&self, order: i32) -> Children {
        let lines = self.lines.iter().filter(|(_, of, ..)| *of == order);
        let pair = |(line, _, id, _): &(i32, i32, i32, i32)| {
            let (_, weight) = self.products.iter().find(|(product, _)| product == id)?;
            Some((vec![*id, *line], *weight))
        };
        lines.filter_map(pair).collect()
    }

    pub fn bought(&self, person: i32) -> Children {
        let of = |order: &(Vec<i32>, Option<i32>)| self.products(order.0[0]);
        let mut products: Children = self.orders(person).iter().flat_map(of).collect();
        products.iter_mut().for_each(|(key, _)| key.truncate(1));
        let mut products = sorted(products);
        products.dedup();
        products
    }
}

/// The primary keys of children, and what they are ordered by.
pub type Children = Vec<(Vec<i32>, Option<i32>)>;

fn sorted<T: Ord>(mut rows: Vec<T>) -> Vec<T> {
    rows.sort();
    rows
}
