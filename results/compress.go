package results

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/gdbench/gdbench/internal/atomicfile"
)

// CompressedFile is the run file of a finished run that was compressed, with Zstandard (RFC 8878).
const CompressedFile = RunsFile + ".zst"

// maxWindow bounds what reading a compressed run file takes, whatever the file asks for.
const maxWindow = 64 << 20

// Compress replaces the run file of a folder by a compressed one with the same lines. Until that
// is whole the run file stays.
func Compress(folder string) error {
	return replace(folder, RunsFile, CompressedFile, func(to io.Writer, from io.Reader) error {
		z, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20))
		if err != nil {
			return err
		}
		_, err = io.Copy(z, from)
		return errors.Join(err, z.Close())
	})
}

// IsCompressed reports whether the run file of a folder is compressed.
func IsCompressed(folder string) bool {
	_, plain := os.Stat(filepath.Join(folder, RunsFile))
	_, compressed := os.Stat(filepath.Join(folder, CompressedFile))
	return plain != nil && compressed == nil
}

// expand makes a compressed run file plain, so that it can be continued.
func expand(folder string) error {
	if !IsCompressed(folder) {
		return nil
	}
	return replace(folder, CompressedFile, RunsFile, func(to io.Writer, from io.Reader) error {
		z, err := decompressed(from)
		if err != nil {
			return err
		}
		defer z.Close()
		_, err = io.Copy(to, z)
		return err
	})
}

// replace makes a file of a folder from another, which goes when the new one is whole.
func replace(folder, from, to string, convert func(io.Writer, io.Reader) error) error {
	from, to = filepath.Join(folder, from), filepath.Join(folder, to)
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	err = atomicfile.Stream(to, 0o644, func(out io.Writer) error {
		err := convert(out, in)
		if file, ok := out.(*os.File); ok && err == nil {
			err = file.Sync() // before the only other copy goes
		}
		return err
	})
	if err = errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("making %s from %s: %w", to, from, err)
	}
	return os.Remove(from)
}

// openRuns opens the run file of a folder, which may be compressed, and gives its path.
func openRuns(folder string) (io.ReadCloser, string, error) {
	path := filepath.Join(folder, RunsFile)
	packed := filepath.Join(folder, CompressedFile)
	if err := errors.Join(noPipe(path), noPipe(packed)); err != nil {
		return nil, path, err
	}
	file, err := os.Open(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return file, path, err
	}
	file, missing := os.Open(packed)
	if errors.Is(missing, fs.ErrNotExist) {
		return nil, path, err
	}
	if missing != nil {
		return nil, packed, missing
	}
	z, err := decompressed(file)
	if err != nil {
		return nil, packed, errors.Join(err, file.Close())
	}
	return &unpacked{z, file, packed}, packed, nil
}

// noPipe refuses a file of a run folder that is a pipe or a device, which would be waited for without
// end. What does not exist is left to others.
func noPipe(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return fmt.Errorf("%s: is a pipe or a device; expected a file that gdbench has written", path)
	}
	return nil
}

func decompressed(from io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
}

// unpacked reads a compressed file.
type unpacked struct {
	z    *zstd.Decoder
	file *os.File
	path string
}

// Read says of what cannot be unpacked where it is. An end within a frame is one.
func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%s: damaged: %v; take the folder from a backup, or run the suite again", u.path, err)
	}
	return n, err
}

func (u *unpacked) Close() error {
	u.z.Close()
	return u.file.Close()
}
