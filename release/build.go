package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
)

// stamp is the variable that holds the version of a binary built from a checkout.
const stamp = "github.com/gdbench/gdbench/internal/version.stamped"

// build writes the archive, the wheel and the bill of materials of one platform into dist.
func (s *source) build(platform, bin, dist string) error {
	system, arch, ok := strings.Cut(platform, "/")
	if !ok {
		return fmt.Errorf("no platform; expected GOOS/GOARCH, such as linux/amd64")
	}
	program := "gdbench"
	if system == "windows" {
		program += ".exe"
	}
	binary := filepath.Join(bin, system+"-"+arch, program)
	_, err := run(s.dir, []string{
		"CGO_ENABLED=0", "GOOS=" + system, "GOARCH=" + arch,
		"GOFLAGS=-mod=readonly", "GOEXPERIMENT=", "GOWORK=off", "GOAMD64=v1", "GOARM64=v8.0",
	}, "go", "build", "-trimpath", "-buildvcs=true", "-ldflags", "-s -w -X "+stamp+"="+s.tag, "-o", binary, "./cmd/gdbench")
	if err != nil {
		return err
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	name := s.folder(platform)
	bill, err := json.MarshalIndent(s.materials(info, platform), "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dist, name+".cdx.json"), append(bill, '\n'), 0o644); err != nil {
		return err
	}
	files, err := s.files(info, program, binary)
	if err != nil {
		return err
	}
	if err := s.writeWheel(dist, platform, program, files); err != nil {
		return fmt.Errorf("wheel: %w", err)
	}
	write := writeTar
	if system == "windows" {
		write = writeZip
	}
	return write(filepath.Join(dist, s.archive(platform)), name, files, s.time)
}

// file is one file of an archive.
type file struct {
	name string
	mode os.FileMode
	data []byte
}

// files are those of an archive.
func (s *source) files(info *debug.BuildInfo, program, binary string) ([]file, error) {
	code, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	out := []file{{program, 0o755, code}}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md", "CITATION.cff"} {
		text, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			return nil, err
		}
		out = append(out, file{name, 0o644, text})
	}
	licences, err := s.licences(info)
	if err != nil {
		return nil, err
	}
	return append(out, file{"LICENSES-OF-DEPENDENCIES.txt", 0o644, licences}), nil
}

// licenceName matches the files that carry terms of a licence, as modules name them.
var licenceName = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice|patents)`)

// termsIn are the files of a folder that carry terms of a licence, and all of a folder of licences in
// it, sorted by name.
func termsIn(dir string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		switch {
		case !licenceName.MatchString(e.Name()):
		case !e.IsDir():
			names = append(names, e.Name())
		default:
			within, err := os.ReadDir(filepath.Join(dir, e.Name()))
			if err != nil {
				return nil, err
			}
			for _, f := range within {
				if !f.IsDir() {
					names = append(names, filepath.Join(e.Name(), f.Name()))
				}
			}
		}
	}
	return names, err
}

// licences are the texts of the licences of all modules in a binary, most of which ask to
// go with it.
func (s *source) licences(info *debug.BuildInfo) ([]byte, error) {
	var out strings.Builder
	add := func(module, dir string) error {
		names, err := termsIn(dir)
		if err != nil {
			return err
		}
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			fmt.Fprintf(&out, "==== %s: %s\n\n%s\n\n", module, filepath.ToSlash(name), strings.TrimSpace(string(text)))
		}
		if len(names) == 0 {
			return fmt.Errorf("%s has no licence in %s", module, dir)
		}
		return nil
	}
	root, err := run(s.dir, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	if err := add("Go "+info.GoVersion, root); err != nil {
		return nil, err
	}
	for _, m := range info.Deps {
		dir, err := run(s.dir, nil, "go", "list", "-m", "-f", "{{.Dir}}", m.Path)
		if err != nil {
			return nil, err
		}
		if err := add(m.Path+" "+m.Version, dir); err != nil {
			return nil, err
		}
	}
	return []byte(out.String()), nil
}

// writeSums writes SHA256SUMS of the files of a folder, as `sha256sum --check` reads it.
func writeSums(dir string) error {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return err
	}
	var out strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "%x  %s\n", sha256.Sum256(data), e.Name())
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(out.String()), 0o644)
}
