-- 200 publishers, 10,000 authors, 200,000 books, 300 tags, some 600,000 pairs of book and tag, 400,000 reviews of books.
-- A multiplication by a large odd number scatters the rows, the same way on every machine.

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200)
INSERT INTO publishers SELECT i, 'Publishing house ' || i, substr('ATDEFRGBUSJP', i % 6 * 2 + 1, 2) FROM n;

-- Every seventh author is without a publisher.
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
INSERT INTO authors
SELECT
    i,
    'Author ' || i || substr(' of the northern lights', 1, i * 2654435761 % 24),
    'Born at the sea, ' || i || ' writes about people who leave, and about those who wait for them to come back.',
    1900 + i * 2654435761 % 100,
    CASE WHEN i % 7 > 0 THEN 1 + i * 2654435761 % 200 END
FROM n;

-- The square makes it uneven: one author has 2,000 books, some have hundreds, most have 10 to 30. One in fifty has none.
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200000),
scattered (i, u) AS (SELECT i, i * 2654435761 % 4294967296 / 4294967296.0 FROM n),
owned (i, author) AS (SELECT i, (CAST(u * u * 10000 AS INTEGER) * 7919 + 5000) % 10000 FROM scattered)
INSERT INTO books
SELECT
    i,
    'Book ' || i || substr(', or the long way home through the night and the rain', 1, i * 2654435761 % 50),
    'In which ' || i || ' letters arrive, none of them for the one who waits, until the last one is opened at last.',
    1950 + i * 2654435761 % 75,
    i % 3 > 0,
    1 + CASE WHEN author % 50 = 0 THEN author + 1 ELSE author END
FROM owned;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)
INSERT INTO tags SELECT i, substr('historical fiction', 1, 4 + i % 15) || ' ' || i FROM n;

-- None to six tags for each book.
WITH RECURSIVE j (j) AS (VALUES (0) UNION ALL SELECT j + 1 FROM j WHERE j < 5)
INSERT INTO book_tags
SELECT id, 1 + (id * 2654435761 % 4294967296 + j * 37) % 300 FROM books JOIN j ON j < id * 2654435761 % 7;

-- None to a few reviews for each book.
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400000)
INSERT INTO reviews SELECT i, 1 + i * 2246822519 % 4294967291 % 200000, 1 + i % 5 FROM n;
