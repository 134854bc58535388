package archive

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/limit"
)

// extensions are those of the files that are read; the others of a .tgz are not unpacked.
var extensions = []string{".info", ".dat", ".tdat"}

// most is the size up to which a .tgz is unpacked. The largest of COCO's archive take a tenth.
const most = 4 << 30

// open makes the files of an archive readable. A root refuses links that lead out of a folder.
func open(name string) (files fs.FS, end func() error, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, fmt.Errorf("no archive: %w", err)
	}
	folder, remove := name, func() error { return nil }
	if !info.IsDir() {
		if folder, err = os.MkdirTemp("", "gdbench-import-*"); err != nil {
			return nil, nil, err
		}
		remove = func() error { return os.RemoveAll(folder) }
		if err := unpack(name, folder); err != nil {
			return nil, nil, errors.Join(err, remove())
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return root.FS(), func() error { return errors.Join(root.Close(), remove()) }, nil
}

// unpack writes the logs of a .tgz into a folder.
func unpack(name, folder string) (failed error) {
	file, err := limit.Open(name, "a folder or a .tgz")
	if err != nil {
		return err
	}
	defer file.Close()
	zipped, err := limit.NewInflated(bufio.NewReader(file), gzip.NewReader)
	if err != nil {
		return fmt.Errorf("%s: neither a folder nor a .tgz (%w); unpack other archives first and name the folder", name, err)
	}
	defer func() {
		if beyond := zipped.Exceeded(); beyond != nil { // whatever the archive seemed to be
			failed = fmt.Errorf("%s: %w", name, beyond)
		}
	}()
	from, room := tar.NewReader(zipped), int64(most)
	for {
		h, err := from.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: the archive is damaged or cut (%w); download it again", name, err)
		}
		if err := within(h); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if h.Typeflag != tar.TypeReg || !slices.Contains(extensions, path.Ext(h.Name)) {
			continue
		}
		if room -= h.Size; room < 0 || h.Size < 0 {
			return fmt.Errorf("%s: more than %d GiB of logs; unpack the archive and import the folders of its algorithms one by one", name, most>>30)
		}
		if err := unpackFile(filepath.Join(folder, filepath.FromSlash(h.Name)), from); err != nil {
			return fmt.Errorf("%s: %s: %w", name, h.Name, err)
		}
	}
}

// within refuses what would leave the folder.
func within(h *tar.Header) error {
	if !filepath.IsLocal(filepath.FromSlash(h.Name)) || strings.Contains(h.Name, `\`) {
		return fmt.Errorf("the path %q leaves the folder of the archive; do not use an archive from this source", h.Name)
	}
	if h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink {
		return fmt.Errorf("%q is a link to %q; logs are files: unpack the archive and name the folder", h.Name, h.Linkname)
	}
	return nil
}

func unpackFile(to string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return errors.New("the archive has this file twice; unpack it and name the folder")
	}
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, from); err != nil {
		return errors.Join(fmt.Errorf("damaged or cut: %w; download it again", err), file.Close())
	}
	return file.Close()
}
