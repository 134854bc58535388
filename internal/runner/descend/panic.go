package descend

import (
	"fmt"
	"path"
	"runtime"

	"github.com/gdbench/gdbench/problems"
)

// panicked is the error of a panic, and says when it came: "after 3 iterations". A Failure is how a
// problem reports an error where its interface has none.
func panicked(when string, v any) error {
	if failure, ok := v.(problems.Failure); ok {
		return fmt.Errorf("%s: %w", when, failure.Err)
	}
	return fmt.Errorf("panic %s: %v%s", when, v, origin())
}

// origin is where a panic came from, as package and file with line.
func origin() string {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	panicked := false
	for {
		frame, more := frames.Next()
		if panicked && path.Dir(frame.Function) != "." && path.Base(frame.File) != "panic.go" {
			return fmt.Sprintf(" (%s/%s:%d)", path.Base(path.Dir(frame.File)), path.Base(frame.File), frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}
