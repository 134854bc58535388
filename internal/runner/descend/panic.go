package descend

import (
	"fmt"
	"path"
	"runtime"
)

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
