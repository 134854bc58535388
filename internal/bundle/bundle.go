// Package bundle packs a folder into one archive for others and takes it apart again: a tar file,
// compressed by gzip, in which SHA256SUMS lists all other files. The same folder gives the same bytes.
package bundle

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/limit"
)

// Sums is the file with the SHA-256 of all others, as sha256sum writes it.
const Sums = "SHA256SUMS"

// Pack writes the files below a folder into an archive, in which they are below name and dated at.
func Pack(out io.Writer, folder, name string, at time.Time) error {
	files, err := filesOf(folder)
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, file := range files {
		sum, err := sumOf(filepath.Join(folder, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, file)
	}
	zipped := gzip.NewWriter(out)
	archive := tar.NewWriter(zipped)
	header := func(file string, size int64) error {
		return archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: path.Join(name, file), Size: size, Mode: 0o644, ModTime: at, Format: tar.FormatPAX})
	}
	if err := header(Sums, int64(sums.Len())); err != nil {
		return err
	}
	if _, err := io.WriteString(archive, sums.String()); err != nil {
		return err
	}
	for _, file := range files {
		if err := add(archive, filepath.Join(folder, filepath.FromSlash(file)), func(size int64) error { return header(file, size) }); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), zipped.Close())
}

// filesOf lists the files below a folder by paths with slashes, sorted.
func filesOf(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, at)
		files = append(files, filepath.ToSlash(relative))
		return err
	})
	slices.Sort(files)
	return files, err
}

func add(archive *tar.Writer, from string, header func(size int64) error) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if err := header(info.Size()); err != nil {
		return err
	}
	_, err = io.Copy(archive, file)
	return err
}

func sumOf(file string) (string, error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, in)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Unpacked is what Unpack found.
type Unpacked struct {
	Folder string   // with the files
	Files  int      // that SHA256SUMS lists
	Faults []string // in what the archive is not as it was packed
}

// Unpack takes an archive apart into an empty folder and compares every file with its sum. An archive
// that is none of ours is an error; nothing is written outside of the folder.
func Unpack(in io.Reader, into string) (*Unpacked, error) {
	zipped, err := limit.NewInflated(bufio.NewReader(in), gzip.NewReader)
	if err != nil {
		return nil, fmt.Errorf("no archive of `gdbench bundle`: %w", err)
	}
	u := &Unpacked{}
	archive, root := tar.NewReader(zipped), ""
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			_, err = io.Copy(io.Discard, zipped) // what follows the last file, with the checksum of gzip
			if err == nil {
				break
			}
		}
		if beyond := zipped.Exceeded(); beyond != nil {
			return nil, fmt.Errorf("the archive is refused: %w", beyond)
		}
		if err != nil {
			u.fault("the archive is cut or damaged: %v", err)
			break
		}
		name, file, _ := strings.Cut(header.Name, "/")
		if root == "" {
			root = name
		}
		if header.Typeflag == tar.TypeDir { // packed again by another program
			continue
		}
		if header.Typeflag != tar.TypeReg || name != root || !filepath.IsLocal(file) || !filepath.IsLocal(root) {
			return nil, fmt.Errorf("no archive of `gdbench bundle`: it has %q, which is no file below one folder", header.Name)
		}
		if err := extract(archive, filepath.Join(into, root, filepath.FromSlash(file))); err != nil {
			var onDisk *os.PathError
			if errors.As(err, &onDisk) {
				return nil, err
			}
			if beyond := zipped.Exceeded(); beyond != nil {
				return nil, fmt.Errorf("the archive is refused: %w", beyond)
			}
			u.fault("%s is cut or damaged: %v", file, err)
			break
		}
	}
	u.Folder = filepath.Join(into, root)
	return u, u.compare()
}

func (u *Unpacked) fault(format string, args ...any) {
	u.Faults = append(u.Faults, fmt.Sprintf(format, args...))
}

func extract(from io.Reader, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}

// compare compares the files with the list of their sums.
func (u *Unpacked) compare() error {
	list, err := os.ReadFile(filepath.Join(u.Folder, Sums))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no archive of `gdbench bundle`: it has no %s", Sums)
	}
	if err != nil {
		return err
	}
	listed := map[string]bool{Sums: true}
	for _, line := range strings.Split(strings.TrimSuffix(string(list), "\n"), "\n") {
		want, file, ok := strings.Cut(line, "  ")
		if !ok || !filepath.IsLocal(file) {
			return fmt.Errorf("%s has the line %q; expected a sum and a file", Sums, line)
		}
		listed[file] = true
		u.Files++
		switch got, err := sumOf(filepath.Join(u.Folder, filepath.FromSlash(file))); {
		case errors.Is(err, fs.ErrNotExist):
			u.fault("%s is missing", file)
		case err != nil:
			return err
		case got != want:
			u.fault("%s is not the file that was packed: its SHA-256 is another", file)
		}
	}
	files, err := filesOf(u.Folder)
	for _, file := range files {
		if !listed[file] {
			u.fault("%s was added: %s does not list it", file, Sums)
		}
	}
	return err
}
