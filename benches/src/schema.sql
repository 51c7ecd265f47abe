-- The tables, in SQL that all databases read.
CREATE TABLE publishers (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, country VARCHAR(255) NOT NULL);
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    bio VARCHAR(255) NOT NULL,
    born INTEGER NOT NULL,
    publisher_id INTEGER REFERENCES publishers (id)
);
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    title VARCHAR(255) NOT NULL,
    summary VARCHAR(255) NOT NULL,
    published INTEGER NOT NULL,
    in_print BOOLEAN NOT NULL,
    author_id INTEGER NOT NULL REFERENCES authors (id)
);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL);
CREATE TABLE book_tags (
    book_id INTEGER NOT NULL REFERENCES books (id),
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (book_id, tag_id)
);
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    book_id INTEGER NOT NULL REFERENCES books (id),
    rating INTEGER NOT NULL
);
