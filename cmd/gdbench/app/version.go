package app

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is the version of the source; a module version in the build wins over it.
const release = "0.1.0"

// Build is what a binary knows about where it comes from.
type Build struct {
	Version string
	Commit  string // "unknown" where the build did not stamp it
}

// Version is that of the running binary.
func Version() Build {
	b := Build{Version: release, Commit: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	modified := false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	if modified {
		b.Commit += "+modified"
	}
	return b
}

func (b Build) String() string {
	return fmt.Sprintf("%s, commit %s, %s %s/%s", b.Version, b.Commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
