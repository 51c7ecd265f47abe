use super::*;

/// Blocks of text in the README, without what is another time.
fn readme() -> Vec<String> {
    let readme = include_str!("../../README.md");
    let blocks = readme.split("```text\n").skip(1);
    blocks.map(|block| without_times(block.split("```").next().unwrap_or_default())).collect()
}

/// The text with `TIME` for each time, and without the blanks that line it up.
fn without_times(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let unit = word.trim_end_matches([')', ':']);
        let number = words.last().map(|word| word.trim_start_matches('('));
        let is_time = ["us", "ms", "s"].contains(&unit)
            && number.is_some_and(|number| number.parse::<f64>().is_ok());
        match is_time {
            true => *words.last_mut().expect("there is a number") = "TIME",
            false => words.push(word),
        }
    }
    words.join(" ")
}

#[track_caller]
fn is_in_readme(text: &str) {
    let text = without_times(text);
    assert!(readme().contains(&text), "the README does not have\n{text}\nbut\n{:#?}", readme());
}

#[test]
fn times_are_left_out() {
    assert_eq!(
        without_times("ran 7 times (1.2 ms): 3 us\n  in 4.0 s"),
        "ran 7 times TIME TIME in TIME"
    );
}

#[test]
fn the_report_is_in_the_readme() -> Result {
    is_in_readme(&report(&mut library()?)?);
    Ok(())
}

#[test]
fn the_failing_assertion_is_in_the_readme() -> Result {
    is_in_readme(&failing_assertion(&mut library()?));
    Ok(())
}

#[test]
fn the_log_is_in_the_readme() -> Result {
    is_in_readme(&log(&mut library()?)?);
    Ok(())
}

#[test]
fn the_plan_is_in_the_readme() -> Result {
    is_in_readme(&plan(&mut library()?)?);
    Ok(())
}

#[test]
fn both_lists_are_the_same() -> Result {
    let conn = &mut library()?;
    assert_eq!(list(conn)?, list_by_hand(conn)?);
    Ok(())
}
