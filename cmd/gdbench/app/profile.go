package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"

	"github.com/urfave/cli/v2"
)

// startProfiles begins what --cpuprofile, --memprofile and --trace ask for; end writes the
// files.
func startProfiles(c *cli.Context) (end func() error, err error) {
	var ends []func() error
	end = func() error {
		var errs []error
		for _, e := range ends {
			errs = append(errs, e())
		}
		return errors.Join(errs...)
	}
	for _, p := range []struct {
		flag  string
		start func(io.Writer) error
		stop  func(io.Writer) error
	}{
		{"cpuprofile", pprof.StartCPUProfile, func(io.Writer) error { pprof.StopCPUProfile(); return nil }},
		{"trace", trace.Start, func(io.Writer) error { trace.Stop(); return nil }},
		{"memprofile", func(io.Writer) error { return nil }, writeAllocations},
	} {
		path := c.String(p.flag)
		if path == "" {
			continue
		}
		file, err := os.Create(path)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("run: --%s: %w", p.flag, err), end())
		}
		written := &output{Writer: file} // the profiler ignores what fails
		if err := p.start(written); err != nil {
			return nil, errors.Join(fmt.Errorf("run: --%s: %w", p.flag, err), file.Close(), end())
		}
		ends = append(ends, func() error {
			stopped := p.stop(written)
			if err := errors.Join(stopped, written.err, file.Close()); err != nil {
				return fmt.Errorf("run: --%s: %w", p.flag, err)
			}
			return nil
		})
	}
	return end, nil
}

// writeAllocations writes what has been allocated so far, after a collection, so that what
// is alive is exact.
func writeAllocations(out io.Writer) error {
	runtime.GC()
	return pprof.Lookup("allocs").WriteTo(out, 0)
}
