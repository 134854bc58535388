package version

import (
	"runtime/debug"
	"testing"
)

func TestDescribe(t *testing.T) {
	const pseudo = "v1.2.4-0.20261128200000-0123456789ab"
	own := func(version string) debug.BuildInfo {
		return debug.BuildInfo{Main: debug.Module{Path: modulePath, Version: version}}
	}
	vcs := func(b debug.BuildInfo, revision, modified string) debug.BuildInfo {
		b.Settings = []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.modified", Value: modified}}
		return b
	}
	users := debug.BuildInfo{
		Main: debug.Module{Path: "example.com/mine", Version: "v9.0.0"},
		Deps: []*debug.Module{{Path: "example.com/other", Version: "v7.0.0"}, {Path: modulePath, Version: "v1.2.3"}},
	}
	replaced := debug.BuildInfo{
		Main: debug.Module{Path: "example.com/mine", Version: "v9.0.0"},
		Deps: []*debug.Module{{Path: modulePath, Version: "v1.2.3", Replace: &debug.Module{Path: "../gdbench"}}},
	}
	for _, c := range []struct {
		name            string
		info            debug.BuildInfo
		stamped         string
		version, commit string
	}{
		{"no information", debug.BuildInfo{}, "", "devel", "unknown"},
		{"go install of a tag", own("v1.2.3"), "", "1.2.3", "unknown"},
		{"go install of a tag wins over the linker", own("v1.2.3"), "v1.0.0", "1.2.3", "unknown"},
		{"go install of a branch", own(pseudo), "", pseudo[1:], "0123456789ab"},
		{"a release build", own("(devel)"), "v1.2.3", "1.2.3", "unknown"},
		{"a checkout at a tag", vcs(own("v1.2.3"), "abc", "false"), "", "1.2.3", "abc"},
		{"a checkout past a tag", vcs(own(pseudo), "abc", "false"), "", "devel", "abc"},
		{"a checkout with changes", vcs(own("v1.2.3+dirty"), "abc", "true"), "", "devel", "abc+modified"},
		{"a checkout past a tag, stamped", vcs(own(pseudo), "abc", "false"), "v1.3.0", "1.3.0", "abc"},
		{"a test binary", own("(devel)"), "", "devel", "unknown"},
		{"a user's binary", vcs(users, "abc", "true"), "", "1.2.3", "abc+modified"},
		{"a user's binary with a local gdbench", replaced, "", "devel", "unknown"},
	} {
		if b := describe(&c.info, c.stamped); b.Version != c.version || b.Commit != c.commit {
			t.Errorf("%s: version %s, commit %s; expected %s, %s", c.name, b.Version, b.Commit, c.version, c.commit)
		}
	}
}
