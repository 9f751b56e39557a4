//! One process of `tshark` for many datagrams: a capture is written, and each packet is read as a row.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use libtest_mimic::Failed;
use rollwire_dissectors::{exported, pcapng, wireshark};
use rollwire_model::Layout;
use tempfile::TempDir;

use super::{
    datagrams::Datagram,
    expected::{Shown, rounded},
};
use crate::support::{TSHARK, ensure, rollwire, run};

/// A folder with a dissector and a capture, and no settings of the user.
pub(super) struct Bench {
    folder: TempDir,
    layout: Layout,
}

impl Bench {
    /// With the dissector that the command writes.
    pub(super) fn new() -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("rollwire.lua");
        let output = file.to_str().ok_or("a path of characters")?;
        let said = run(&mut rollwire(&["tools", "wireshark", "--output", output]))?.exits(0)?;
        ensure(said.stdout.is_empty() && said.stderr.is_empty(), || said.stdout + &said.stderr)?;
        Ok(Self { folder, layout: Layout::builtin().clone() })
    }

    /// With the dissector of another table.
    pub(super) fn of(layout: Layout) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("rollwire.lua"), wireshark::dissector(&layout))?;
        Ok(Self { folder, layout })
    }

    /// A file of the folder: `rollwire.lua`, `game.pcapng`.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a capture of exported packets: one interface for each side, and the names as comments.
    pub(super) fn capture(&self, datagrams: &[Datagram]) -> Result<(), Failed> {
        let mut writer = pcapng::Writer::new(Vec::new(), "rollwire")?;
        let sides = [
            writer.interface("host", exported::LINK_TYPE)?,
            writer.interface("guest", exported::LINK_TYPE)?,
        ];
        for (time, datagram) in datagrams.iter().enumerate() {
            let packet = exported::packet(wireshark::NAME, &datagram.bytes);
            let comments = [&*datagram.name];
            writer.packet(sides[time % 2], 20_000 * time as u64, &packet, &comments)?;
        }
        Ok(fs::write(self.path("game.pcapng"), writer.into_inner())?)
    }

    /// What `tshark` prints about the capture with these arguments.
    pub(super) fn tshark(&self, arguments: &[&str]) -> Result<String, Failed> {
        self.plain(&[&["-X", "lua_script:rollwire.lua"], arguments].concat())
    }

    /// The same, without naming the dissector. The folder is the home of a user without settings.
    pub(super) fn plain(&self, arguments: &[&str]) -> Result<String, Failed> {
        let mut command = Command::new(TSHARK.name);
        // `-G` has to come first.
        command.args(arguments).args(["-n", "-r", "game.pcapng"]).current_dir(&self.folder);
        command.env("HOME", self.folder.path()).env_remove("XDG_CONFIG_HOME");
        let finished = run(&mut command)?.exits(0)?;
        // It warns a user who is root.
        let complaints: Vec<&str> =
            finished.stderr.lines().filter(|line| !line.starts_with("Running as user")).collect();
        ensure(complaints.is_empty(), || format!("tshark complains:\n{}", complaints.join("\n")))?;
        Ok(finished.stdout)
    }

    /// What is found in each packet, by the names of filters, with the name of the datagram.
    pub(super) fn shown(&self, arguments: &[&str]) -> Result<Vec<(String, Shown)>, Failed> {
        let kinds = self.kinds();
        let names: Vec<&String> = kinds.keys().collect();
        let mut all = vec!["-T", "fields", "-E", "separator=/t", "-E", "occurrence=a"];
        all.extend(["-E", "aggregator=;", "-e", "frame.comment", "-e", "_ws.lua.error"]);
        all.extend(names.iter().flat_map(|name| ["-e", name.as_str()]));
        all.extend(arguments);
        let printed = self.tshark(&all)?;
        let rows = printed.lines().map(|line| {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default().to_owned();
            let lua_error = cells.next().unwrap_or_default();
            ensure(lua_error.is_empty(), || format!("{name}: an error in Lua"))?;
            let cells = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
            let shown =
                cells.map(|(name, cell)| ((*name).clone(), values(kinds[*name], name, cell)));
            Ok((name, shown.collect()))
        });
        rows.collect()
    }

    /// Every name, with the type of its values.
    fn kinds(&self) -> BTreeMap<String, &'static str> {
        let filters = wireshark::filters(&self.layout);
        let mut kinds: BTreeMap<String, &str> =
            filters.into_iter().map(|filter| (filter.name, filter.kind)).collect();
        for level in ["must", "should", "may"] {
            kinds.insert(format!("{}.refused.{level}", wireshark::NAME), "none");
        }
        kinds
    }
}

/// The values of a cell, in one spelling for all versions of Wireshark.
fn values(kind: &str, name: &str, cell: &str) -> Vec<String> {
    let repeats = name.contains(".entry");
    let parts = if repeats { cell.split(';').collect() } else { vec![cell] };
    let spelled = parts.into_iter().map(|it| match kind {
        "none" => String::new(),
        "bool" => (["1", "True"].contains(&it)).to_string(),
        "double" => it.parse().map_or_else(|_| it.to_lowercase(), rounded),
        "bytes" => it.replace(':', ""),
        _ => it.to_owned(),
    });
    spelled.collect()
}
