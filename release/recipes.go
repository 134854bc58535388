package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// home is where the files of a release are published.
const home = "https://github.com/gdbench/gdbench"

const about = "Benchmark of descent methods, with a gate for CI"

// writeRecipes writes the recipes of conda and Homebrew for the archives of a release: each
// installs the binary that was built. Windows is not among the platforms of Homebrew.
func (s *source) writeRecipes(dist string, platforms []string) error {
	sums := map[string]string{}
	for _, platform := range platforms {
		data, err := os.ReadFile(filepath.Join(dist, s.archive(platform)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		sums[platform] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	if err := os.WriteFile(filepath.Join(dist, "meta.yaml"), []byte(s.conda(platforms, sums)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "gdbench.rb"), []byte(s.brew(sums)), 0o644)
}

// archive is the name of the archive of a platform.
func (s *source) archive(platform string) string {
	name := s.folder(platform) + ".tar.gz"
	if strings.HasPrefix(platform, "windows/") {
		name = s.folder(platform) + ".zip"
	}
	return name
}

// folder is the folder in the archive of a platform.
func (s *source) folder(platform string) string {
	return fmt.Sprintf("gdbench_%s_%s", s.version, strings.ReplaceAll(platform, "/", "_"))
}

func (s *source) address(platform string) string {
	return home + "/releases/download/" + s.tag + "/" + s.archive(platform)
}

// selectors are the platforms of conda-build.
var selectors = map[string]string{
	"linux/amd64": "linux64", "linux/arm64": "aarch64", "darwin/amd64": "osx and x86_64", "darwin/arm64": "osx and arm64", "windows/amd64": "win64",
}

// conda is a recipe of conda-build. A comment after a line is its selector.
func (s *source) conda(platforms []string, sums map[string]string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "package:\n  name: gdbench\n  version: %q\n\nsource:\n", pythonVersion(s.version))
	for _, platform := range platforms {
		if sums[platform] == "" || selectors[platform] == "" {
			continue
		}
		fmt.Fprintf(&out, "  - url: %s  # [%s]\n    sha256: %s  # [%[2]s]\n", s.address(platform), selectors[platform], sums[platform])
	}
	fmt.Fprintf(&out, `
build:
  number: 0
  binary_relocation: false
  script:
    - mkdir -p "$PREFIX/bin" && cp gdbench "$PREFIX/bin/"  # [not win]
    - if not exist "%%LIBRARY_BIN%%" mkdir "%%LIBRARY_BIN%%"  # [win]
    - copy gdbench.exe "%%LIBRARY_BIN%%"  # [win]

test:
  commands:
    - gdbench --version

about:
  home: %s
  license: Apache-2.0
  license_file:
    - LICENSE
    - LICENSES-OF-DEPENDENCIES.txt
  summary: %s
`, home, about)
	return out.String()
}

// brew is a formula of Homebrew.
func (s *source) brew(sums map[string]string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "class Gdbench < Formula\n  desc %q\n  homepage %q\n  version %q\n  license \"Apache-2.0\"\n", about, home, s.version)
	for _, system := range [][2]string{{"darwin", "macos"}, {"linux", "linux"}} {
		body := ""
		for _, arch := range [][2]string{{"arm64", "arm"}, {"amd64", "intel"}} {
			platform := system[0] + "/" + arch[0]
			if sums[platform] != "" {
				body += fmt.Sprintf("    on_%s do\n      url %q\n      sha256 %q\n    end\n", arch[1], s.address(platform), sums[platform])
			}
		}
		if body != "" {
			fmt.Fprintf(&out, "\n  on_%s do\n%s  end\n", system[1], body)
		}
	}
	out.WriteString(`
  def install
    bin.install "gdbench"
    generate_completions_from_executable(bin/"gdbench", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/gdbench --version")
  end
end
`)
	return out.String()
}
