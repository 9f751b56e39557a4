//! `rollwire man`: the manual pages.

use std::{fs, io, path::Path};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use rollwire_conformance::{
    text::{plural, shown},
    verdict::Exit,
};

use crate::{
    args::{Arguments, Manual},
    failure::Failure,
    files,
    terminal::say,
};

pub(crate) fn run(arguments: &Manual) -> Result<Exit, Failure> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        say!("{}", page(&command)?.trim_end())?;
        return Ok(Exit::Conforms);
    };
    fs::create_dir_all(folder).map_err(|error| cannot_be_written(folder, &error))?;
    let count = write_all(&command, folder)?;
    say!("{} in {}", plural(count, "manual page", "manual pages"), shown(folder))?;
    Ok(Exit::Conforms)
}

/// Writes the pages of a command and of its subcommands, and returns their number.
fn write_all(command: &Command, folder: &Path) -> Result<u64, Failure> {
    let file = folder.join(Man::new(command.clone()).get_filename());
    files::replace(&file, page(command)?.as_bytes())
        .map_err(|error| cannot_be_written(&file, &error))?;
    let mut count = 1;
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        count += write_all(command, folder)?;
    }
    Ok(count)
}

fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn cannot_be_written(path: &Path, error: &io::Error) -> Failure {
    Failure::unwritable(&shown(path), error)
}
