//! Children go to their parents: the keys of the rows are found and sorted, then each child goes to the group of its key.

/// The position of a row whose key is `NULL`, and which therefore has no children.
const NO_KEY: u32 = u32::MAX;

/// What must hold of rows and groups: rather a panic than another row's children.
const IN_STEP: &str = "the rows that are built are those whose keys were taken";

/// The distinct keys of the rows, and which row has which.
pub(crate) struct KeyIndex<'r, K> {
    /// Each key with the position of its group, sorted by the key.
    keys: Vec<(&'r K, u32)>,
    /// How many groups there are.
    groups: usize,
    /// The position of each row's group; none where each row has a group of its own.
    rows: Option<Vec<u32>>,
    last: usize,
}

impl<'r, K: Ord> KeyIndex<'r, K> {
    /// Takes the key of each row, in the order of the rows.
    pub(crate) fn new(cells: impl Iterator<Item = &'r Option<K>>) -> Self {
        let mut keys = Vec::with_capacity(cells.size_hint().0);
        let mut count: u32 = 0;
        for key in cells {
            if let Some(key) = key {
                keys.push((key, count));
            }
            count = count.checked_add(1).expect("a load has fewer than 2^32 rows");
        }
        // Rows mostly come sorted by their key: then this is one look at each.
        keys.sort_unstable_by_key(|(key, _)| *key);
        if keys.windows(2).all(|pair| pair[0].0 != pair[1].0) {
            return Self { keys, groups: count as usize, rows: None, last: 0 };
        }
        let rows = share(&mut keys, count as usize);
        Self { groups: keys.len(), keys, rows: Some(rows), last: 0 }
    }

    /// The distinct keys, sorted: a database that looks them up one after the other finds what it needs near what it
    /// has just read.
    pub(crate) fn keys(&self) -> Vec<&'r K> {
        self.keys.iter().map(|(key, _)| *key).collect()
    }

    /// The empty groups.
    pub(crate) fn groups<G: Default>(&self) -> Vec<G> {
        (0..self.groups).map(|_| G::default()).collect()
    }

    /// The group of `key`. Children mostly come sorted by their key: it is the last one's or the next.
    pub(crate) fn position(&mut self, key: &K) -> Option<usize> {
        let here = |at: &usize| self.keys.get(*at).is_some_and(|(here, _)| *here == key);
        let near = [self.last, self.last + 1].into_iter().find(here);
        self.last = near.or_else(|| self.keys.binary_search_by_key(&key, |(key, _)| *key).ok())?;
        Some(self.keys[self.last].1 as usize)
    }

    /// The filled groups, to be taken row by row.
    pub(crate) fn grouped<G>(self, groups: Vec<G>) -> Grouped<G> {
        let Some(rows) = self.rows else {
            return Grouped(Groups::InOrder(groups.into_iter()));
        };
        let mut uses = vec![0; groups.len()];
        for row in &rows {
            if let Some(uses) = uses.get_mut(*row as usize) {
                *uses += 1;
            }
        }
        Grouped(Groups::ByPosition { rows: rows.into_iter(), groups, uses })
    }
}

/// Gives each distinct key one group, and says which group each of the rows has.
fn share<K: Ord>(keys: &mut Vec<(&K, u32)>, count: usize) -> Vec<u32> {
    let mut rows = vec![NO_KEY; count];
    let mut group = 0;
    for i in 0..keys.len() {
        if i > 0 && keys[i].0 != keys[i - 1].0 {
            group += 1;
        }
        let row = std::mem::replace(&mut keys[i].1, group);
        rows[row as usize] = group;
    }
    keys.dedup_by_key(|(key, _)| *key);
    rows
}

/// The children of each row, in the order of the rows.
pub struct Grouped<G>(Groups<G>);

enum Groups<G> {
    /// One group for each row.
    InOrder(std::vec::IntoIter<G>),
    /// Groups that rows may share, and rows without one.
    ByPosition { rows: std::vec::IntoIter<u32>, groups: Vec<G>, uses: Vec<u32> },
}

impl<G: Default> Grouped<G> {
    /// The children of the next row: moved to the last row that has them, copied for those before.
    ///
    /// `None` where they would have to be copied and cannot.
    pub fn next(&mut self, copy: Option<impl FnOnce(&G) -> G>) -> Option<G> {
        let (rows, groups, uses) = match &mut self.0 {
            Groups::InOrder(groups) => return Some(groups.next().expect(IN_STEP)),
            Groups::ByPosition { rows, groups, uses } => (rows, groups, uses),
        };
        let row = rows.next().expect(IN_STEP) as usize;
        let Some(uses) = uses.get_mut(row) else {
            return Some(G::default());
        };
        *uses -= 1;
        match *uses {
            0 => Some(std::mem::take(&mut groups[row])),
            _ => copy.map(|copy| copy(&groups[row])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Copy = Option<fn(&Vec<u8>) -> Vec<u8>>;

    const COPY: Copy = Some(Clone::clone);
    const NO_COPY: Copy = None;

    fn grouped(keys: &[Option<i32>], children: &[(i32, u8)]) -> Grouped<Vec<u8>> {
        let mut index = KeyIndex::new(keys.iter());
        let mut groups = index.groups::<Vec<u8>>();
        for (key, child) in children {
            groups[index.position(key).expect("a known key")].push(*child);
        }
        index.grouped(groups)
    }

    #[test]
    fn rows_without_a_key_have_no_children() {
        let mut groups = grouped(&[None, Some(1), None], &[(1, 10)]);
        assert_eq!(groups.next(NO_COPY), Some(vec![]));
        assert_eq!(groups.next(NO_COPY), Some(vec![10]));
        assert_eq!(groups.next(NO_COPY), Some(vec![]));
    }

    #[test]
    fn children_keep_their_order_whatever_the_order_of_their_keys() {
        let mut groups = grouped(&[Some(1), Some(2)], &[(2, 1), (1, 2), (2, 3), (1, 4)]);
        assert_eq!(groups.next(NO_COPY), Some(vec![2, 4]));
        assert_eq!(groups.next(NO_COPY), Some(vec![1, 3]));
    }

    #[test]
    fn rows_with_one_key_share_its_children() {
        let mut groups = grouped(&[Some(1), Some(1)], &[(1, 10)]);
        assert_eq!(groups.next(COPY), Some(vec![10]));
        assert_eq!(groups.next(COPY), Some(vec![10]));
    }

    #[test]
    fn rows_share_and_lack_children_after_rows_that_did_not() {
        let keys = [Some(1), Some(2), None, Some(2), Some(3)];
        let mut groups = grouped(&keys, &[(3, 30), (2, 20), (1, 10)]);
        let expected = [vec![10], vec![20], vec![], vec![20], vec![30]];
        assert_eq!(expected.map(Some), [(); 5].map(|()| groups.next(COPY)));
    }

    #[test]
    fn what_cannot_be_copied_is_not_lost_silently() {
        let mut groups = grouped(&[Some(1), Some(1)], &[(1, 10)]);
        assert_eq!(groups.next(NO_COPY), None);
    }

    #[test]
    fn each_key_is_asked_for_once_in_order() {
        let keys = [Some(3), None, Some(1), Some(3)];
        assert_eq!(KeyIndex::new(keys.iter()).keys(), [&1, &3]);
    }

    #[test]
    fn an_unknown_key_has_no_position() {
        let keys = [Some("a")];
        assert_eq!(KeyIndex::new(keys.iter()).position(&"A"), None);
    }
}
