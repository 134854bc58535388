// Package version says which gdbench a binary contains. It is the one answer for `gdbench
// version`, for the manifests that the command line writes, and for those of package
// gdbenchtest.
package version

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
)

// modulePath is the module whose version counts, also in a binary of another module that
// imports it.
const modulePath = "github.com/gdbench/gdbench"

// stamped is the version of a release that is built from a checkout:
//
//	go build -ldflags "-X github.com/gdbench/gdbench/internal/version.stamped=v1.2.3" ./cmd/gdbench
var stamped string

// Unreleased is the version of a build that is no release: of two of them nothing says that they
// are alike.
const Unreleased = "devel"

// Build is where a binary comes from.
type Build struct {
	Version string `json:"version"` // 1.2.3; "devel" for a build that is no release
	Commit  string `json:"commit"`  // of the main module, "+modified" appended where files differ from it; "unknown" where the build has no stamp
	Go      string `json:"go"`      // version of the compiler
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// Current describes the running binary.
func Current() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	return describe(info, stamped)
}

// describe prefers the version of the module (`go install …@v1.2.3`) to the one that the
// linker stamped, and that to "devel".
func describe(info *debug.BuildInfo, stamped string) Build {
	b := Build{Version: Unreleased, Commit: "unknown", Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	checkout, modified := false, false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit, checkout = s.Value, true
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	if modified {
		b.Commit += "+modified"
	}
	version := moduleVersion(info)
	pseudo := pseudoVersion.FindStringSubmatch(version)
	fromCheckout := checkout && info.Main.Path == modulePath
	switch {
	case version == "" || version == "(devel)" || fromCheckout && (pseudo != nil || modified):
		version = stamped
	case pseudo != nil && !checkout: // go install …@main
		b.Commit = pseudo[1]
	}
	if version != "" {
		b.Version = strings.TrimPrefix(version, "v")
	}
	return b
}

// pseudoVersion is what the go command calls a commit without a tag: v0.0.0-TIME-COMMIT.
var pseudoVersion = regexp.MustCompile(`[-.]\d{14}-([0-9a-f]{12})(\+|$)`)

// moduleVersion is the version of gdbench's module in a binary of it or of another module.
func moduleVersion(info *debug.BuildInfo) string {
	if info.Main.Path == modulePath {
		return info.Main.Version
	}
	for _, m := range info.Deps {
		if m.Path != modulePath {
			continue
		}
		if m.Replace != nil {
			return m.Replace.Version
		}
		return m.Version
	}
	return ""
}

func (b Build) String() string {
	return fmt.Sprintf("%s, commit %s, %s %s/%s", b.Version, b.Commit, b.Go, b.OS, b.Arch)
}
