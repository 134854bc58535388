//go:build js

// Command engine is the engine of the playground as WebAssembly. In a worker it defines the
// function gdbench(request) → reply, both texts in JSON; see package play.
package main

import (
	"context"
	"strings"
	"syscall/js"

	"github.com/gdbench/gdbench/internal/play"
)

func main() {
	js.Global().Set("gdbench", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return string(play.Answer(context.Background(), strings.NewReader(args[0].String())))
	}))
	select {}
}
