CREATE INDEX authors_publisher ON authors (publisher_id);
CREATE INDEX books_author ON books (author_id);
CREATE INDEX book_tags_tag ON book_tags (tag_id);
CREATE INDEX reviews_book ON reviews (book_id);
