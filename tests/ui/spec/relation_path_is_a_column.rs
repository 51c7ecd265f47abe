// expects: `columns::manager_id` is not a relation
use upfront::{LoadSpec, Model};

diesel::table! { employees (id) { id -> Integer, name -> Text, manager_id -> Integer } }

#[derive(Model)]
#[diesel(table_name = employees)]
#[model(belongs_to(manager: Employee))]
struct Employee {
    id: i32,
    name: String,
    manager_id: i32,
}

#[derive(LoadSpec)]
#[load(Employee)]
struct ManagerName {
    name: String,
}

#[derive(LoadSpec)]
#[load(Employee)]
struct EmployeeCard {
    #[load(join = employees::manager_id)]
    manager: ManagerName,
}

fn main() {}
