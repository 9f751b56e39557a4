/** The platforms that have a package with the program. */
const platform = (os, cpu) => {
  const program = os === "win32" ? "rollwire.exe" : "rollwire";
  return { name: `@rollwire/${os}-${cpu}`, os, cpu, program };
};

/** By what Node.js calls them: the system and the processor. */
export const PLATFORMS = {
  "linux-x64": platform("linux", "x64"),
  "linux-arm64": platform("linux", "arm64"),
  "darwin-x64": platform("darwin", "x64"),
  "darwin-arm64": platform("darwin", "arm64"),
  "win32-x64": platform("win32", "x64"),
};
