package main

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// A wheel has the package of clients/python and, as a script, the binary of one platform: pip
// installs both. The format is that of PEP 427 and of
// https://packaging.python.org/specifications/binary-distribution-format/.

// wheelTags are the platforms of Python that a binary runs on, by ours. A binary without cgo
// needs no C library; Go needs macOS 12.
var wheelTags = map[string]string{
	"linux/amd64":   "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
	"linux/arm64":   "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
	"darwin/amd64":  "macosx_12_0_x86_64",
	"darwin/arm64":  "macosx_12_0_arm64",
	"windows/amd64": "win_amd64",
}

// client is the folder of the Python package, whose pyproject.toml says what it needs.
const client = "clients/python"

// writeWheel writes the wheel of a platform. contents are the files of its archive.
func (s *source) writeWheel(dist, platform, program string, contents []file) error {
	tags, ok := wheelTags[platform]
	if !ok {
		return nil // no wheels are known there
	}
	project, err := os.ReadFile(filepath.Join(s.dir, client, "pyproject.toml"))
	if err != nil {
		return err
	}
	version := pythonVersion(s.version)
	info := "gdbench-" + version + ".dist-info/"
	files, err := s.modules()
	if err != nil {
		return err
	}
	for _, f := range contents {
		switch {
		case f.name == program:
			files = append(files, file{"gdbench-" + version + ".data/scripts/" + program, 0o755, f.data})
		case strings.HasPrefix(f.name, "LICENSE"):
			files = append(files, file{info + "licenses/" + f.name, 0o644, f.data})
		}
	}
	about, err := metadataOf(string(project), version)
	if err != nil {
		return err
	}
	wheel := "Wheel-Version: 1.0\nGenerator: gdbench release\nRoot-Is-Purelib: false\n"
	for tag := range strings.SplitSeq(tags, ".") {
		wheel += "Tag: py3-none-" + tag + "\n"
	}
	files = append(files, file{info + "METADATA", 0o644, []byte(about)}, file{info + "WHEEL", 0o644, []byte(wheel)},
		file{info + "entry_points.txt", 0o644, []byte(entryPoints(string(project)))})
	files = append(files, file{info + "RECORD", 0o644, record(files, info+"RECORD")})
	return writeZip(filepath.Join(dist, s.wheel(platform)), "", files, s.time)
}

// wheel is the name of the wheel of a platform.
func (s *source) wheel(platform string) string {
	return fmt.Sprintf("gdbench-%s-py3-none-%s.whl", pythonVersion(s.version), wheelTags[platform])
}

// modules are the files of the Python package.
func (s *source) modules() ([]file, error) {
	root := filepath.Join(s.dir, client)
	var out []file
	for _, pattern := range []string{"gdbench/*.py", "gdbench/py.typed"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		slices.Sort(paths)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			out = append(out, file{"gdbench/" + filepath.Base(path), 0o644, text})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no modules", root)
	}
	return out, nil
}

// record lists files with their SHA-256 and size, and itself without.
func record(files []file, itself string) []byte {
	var out strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.data)
		fmt.Fprintf(&out, "%s,sha256=%s,%d\n", f.name, base64.RawURLEncoding.EncodeToString(sum[:]), len(f.data))
	}
	fmt.Fprintf(&out, "%s,,\n", itself)
	return []byte(out.String())
}

// prerelease is what follows the numbers of a semantic version where Python has a name for it.
var prerelease = regexp.MustCompile(`^(alpha|beta|rc)\.?(\d+)$`)

// pythonVersion is a semantic version as Python writes it (PEP 440): 1.2.3-rc.1 is 1.2.3rc1.
func pythonVersion(semantic string) string {
	number, rest, isPre := strings.Cut(semantic, "-")
	if !isPre {
		return number
	}
	if m := prerelease.FindStringSubmatch(rest); m != nil {
		return number + map[string]string{"alpha": "a", "beta": "b", "rc": "rc"}[m[1]] + m[2]
	}
	return number + ".dev0+" + strings.ToLower(strings.ReplaceAll(rest, "-", "."))
}

var (
	textLine = `(?m)^%s = "(.*)"$`
	listLine = regexp.MustCompile(`(?m)^([a-z]+) = \[(.*)\]$`)
	quoted   = regexp.MustCompile(`"([^"]*)"`)
)

// section is the text of a table of pyproject.toml.
func section(project, name string) string {
	_, rest, _ := strings.Cut(project, "\n["+name+"]\n")
	before, _, _ := strings.Cut(rest, "\n[")
	return before
}

// metadataOf is the METADATA of a wheel, from pyproject.toml.
func metadataOf(project, version string) (string, error) {
	about := section(project, "project")
	var out strings.Builder
	fmt.Fprintf(&out, "Metadata-Version: 2.1\nName: gdbench\nVersion: %s\n", version)
	for _, field := range [][2]string{{"description", "Summary"}, {"requires-python", "Requires-Python"}} {
		m := regexp.MustCompile(fmt.Sprintf(textLine, field[0])).FindStringSubmatch(about)
		if m == nil {
			return "", fmt.Errorf("%s/pyproject.toml has no %s in one line", client, field[0])
		}
		fmt.Fprintf(&out, "%s: %s\n", field[1], m[1])
	}
	fmt.Fprintf(&out, "License: Apache-2.0\nHome-page: %s\n", home)
	for _, list := range listLine.FindAllStringSubmatch(about, -1) {
		for _, m := range quoted.FindAllStringSubmatch(list[2], -1) {
			if list[1] == "dependencies" {
				fmt.Fprintf(&out, "Requires-Dist: %s\n", m[1])
			}
		}
	}
	for _, list := range listLine.FindAllStringSubmatch(section(project, "project.optional-dependencies"), -1) {
		fmt.Fprintf(&out, "Provides-Extra: %s\n", list[1])
		for _, m := range quoted.FindAllStringSubmatch(list[2], -1) {
			fmt.Fprintf(&out, "Requires-Dist: %s; extra == '%s'\n", m[1], list[1])
		}
	}
	fmt.Fprintf(&out, "Description-Content-Type: text/markdown\n\nThe command `gdbench`, a benchmark of descent methods, and its package for methods and problems in Python:\n%s/blob/v%s/docs/languages.md\n", home, version)
	return out.String(), nil
}

// entryPoints are those of pyproject.toml, as a wheel has them.
func entryPoints(project string) string {
	var out strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^\[project\.entry-points\.(\w+)\]$`).FindAllStringSubmatch(project, -1) {
		fmt.Fprintf(&out, "[%s]\n%s\n", m[1], strings.ReplaceAll(strings.TrimSpace(section(project, "project.entry-points."+m[1])), `"`, ""))
	}
	return out.String()
}

// tryWheel installs the wheel of this machine without a network, and calls the command. It is false
// where there is no pip.
func (s *source) tryWheel(dist, platform, python string) (tried bool, err error) {
	if platform != runtime.GOOS+"/"+runtime.GOARCH || wheelTags[platform] == "" {
		return false, nil
	}
	if _, err := run(dist, nil, python, "-m", "pip", "--version"); err != nil {
		return false, nil
	}
	target, err := os.MkdirTemp("", "wheel")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(target)
	// Without numpy, which is not part of the wheel.
	if _, err := run(dist, nil, python, "-m", "pip", "install", "--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check", "--quiet",
		"--target", target, s.wheel(platform)); err != nil {
		return true, err
	}
	said, err := run(target, nil, filepath.Join(target, "bin", "gdbench"), "--version")
	if err == nil && !strings.Contains(said, s.version) {
		err = fmt.Errorf("the installed command says that it is %q; expected %s", said, s.version)
	}
	return true, err
}
