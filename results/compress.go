package results

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/limit"
)

// CompressedFile is the run file of a finished run that was compressed, with Zstandard (RFC 8878).
const CompressedFile = RunsFile + ".zst"

// maxWindow bounds what reading a compressed run file takes, whatever the file asks for.
const maxWindow = 64 << 20

// Compress replaces the run file of a folder by a compressed one with the same lines. Until that
// is whole, and has been read, the run file stays.
func Compress(folder string) error {
	err := compress(folder, false)
	if errors.Is(err, limit.ErrInflated) {
		err = compress(folder, true)
	}
	return err
}

// compress is Compress; a padded file is one that readers accept however well its lines compress.
func compress(folder string, padded bool) error {
	return replace(folder, RunsFile, CompressedFile, func(to io.Writer, from *os.File) error {
		if padded {
			if err := pad(to, from); err != nil {
				return err
			}
		}
		z, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20))
		if err != nil {
			return err
		}
		_, err = io.Copy(z, from)
		return errors.Join(err, z.Close())
	}, readThrough)
}

// pad begins a compressed file with frames that readers skip (RFC 8878, 3.1.2). Readers refuse a file
// that becomes more than a hundred times as large, since one that was made to do harm would fill memory
// or disk (limit.Inflated), and they cannot know that this one was not: traces of runs that go nowhere,
// long rows of one number, become thousands of times smaller. With the frames it has a hundredth of the
// size that it becomes, which is still a hundredth of what the lines take.
func pad(to io.Writer, from *os.File) error {
	info, err := from.Stat()
	if err != nil {
		return err
	}
	frame := make([]byte, 1<<20)
	binary.LittleEndian.PutUint32(frame, 0x184D2A50)
	binary.LittleEndian.PutUint32(frame[4:], uint32(len(frame)-8))
	for size := limit.Deflated(info.Size()); size > 0; size -= int64(len(frame)) {
		if _, err := to.Write(frame); err != nil {
			return err
		}
	}
	return nil
}

// readThrough reads a compressed run file.
func readThrough(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	u, err := unpack(path, file)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	_, err = io.Copy(io.Discard, u)
	return errors.Join(err, u.Close())
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
	return replace(folder, CompressedFile, RunsFile, func(to io.Writer, from *os.File) error {
		u, err := unpack(from.Name(), from)
		if err != nil {
			return err
		}
		defer u.z.Close()
		_, err = io.Copy(to, u)
		return err
	}, func(string) error { return nil })
}

// replace makes a file of a folder from another, which goes when the new one is whole and has passed a check.
func replace(folder, from, to string, convert func(io.Writer, *os.File) error, check func(path string) error) error {
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
	if err := check(to); err != nil {
		return fmt.Errorf("making %s from %s: %w", to, from, errors.Join(err, os.Remove(to)))
	}
	return os.Remove(from)
}

// openRuns opens the run file of a folder, which may be compressed, and gives its path.
func openRuns(folder string) (io.ReadCloser, string, error) {
	path := filepath.Join(folder, RunsFile)
	packed := filepath.Join(folder, CompressedFile)
	if err := errors.Join(limit.RegularOrNone(path, written), limit.RegularOrNone(packed, written)); err != nil {
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
	u, err := unpack(packed, file)
	if err != nil {
		return nil, packed, errors.Join(err, file.Close())
	}
	return u, packed, nil
}

// written is what every file of a run folder should be.
const written = "a file that gdbench has written"

// unpacked reads a compressed file.
type unpacked struct {
	lines *limit.Inflated
	z     *zstd.Decoder
	file  *os.File
	path  string
}

func unpack(path string, file *os.File) (*unpacked, error) {
	u := &unpacked{file: file, path: path}
	var err error
	u.lines, err = limit.NewInflated(file, func(from io.Reader) (*zstd.Decoder, error) {
		u.z, err = zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		return u.z, err
	})
	return u, err
}

// Read says of what cannot be unpacked where it is. An end within a frame is one.
func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.lines.Read(p)
	switch {
	case err == nil || err == io.EOF:
	case u.lines.Exceeded() != nil:
		err = fmt.Errorf("%s: %w", u.path, err)
	default:
		err = fmt.Errorf("%s: damaged: %v; take the folder from a backup, or run the suite again", u.path, err)
	}
	return n, err
}

func (u *unpacked) Close() error {
	u.z.Close()
	return u.file.Close()
}
