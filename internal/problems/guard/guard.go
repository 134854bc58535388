// Package guard keeps what goes wrong in a component away from the program: a panic, or the end
// of the goroutine, is an error.
package guard

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"runtime"

	"github.com/gdbench/gdbench/problems"
)

// ErrLeft is the error of a component that calls runtime.Goexit, as a failing assertion of a
// test does.
var ErrLeft = errors.New("a component ended its goroutine (runtime.Goexit) instead of returning")

// Run runs code of a component in a goroutine of its own, and returns as an error what would
// otherwise end the program: a panic, or the end of the goroutine. It says when that came:
// "while the problem was built".
func Run(when string, run func() error) error {
	done := make(chan error)
	go func() {
		err := ErrLeft
		defer func() {
			if v := recover(); v != nil {
				err = Panicked(when, v)
			}
			done <- err
		}()
		err = run()
	}()
	return <-done
}

// Panicked is the error of a panic, and says when it came: "after 3 iterations". A Failure is how a
// problem reports an error where its interface has none.
func Panicked(when string, v any) error {
	if failure, ok := v.(problems.Failure); ok {
		return fmt.Errorf("%s: %w", when, failure.Err)
	}
	return fmt.Errorf("panic %s: %s%s", when, said(v), origin())
}

// said is what a panic says. Addresses, which differ from run to run, are no part of it.
func said(v any) string {
	switch v.(type) {
	case error, fmt.Stringer:
		return fmt.Sprint(v)
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("a value of type %T", v)
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
