package app_test

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
	"github.com/gdbench/gdbench/internal/wire/wiretest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gdbench": func() {
			registerSluggish()
			registerUnsteady()
			registerPaced()
			os.Exit(app.Run(context.Background(), os.Args, os.Stdout, os.Stderr))
		},
		"mine": func() { // a program with components of its own
			wiretest.Serve(os.Args[1])
		},
	})
}

// TestScript runs the command line as a user would; see testdata/script.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"untimed": untimed, "interrupt": interrupt, "extend": extend, "foreign": foreign, "edit": edit, "reseal": reseal, "unpack": unpack},
	})
}

// needsPeers leaves out a test beside other programs, which ./test --peers installs and runs.
func needsPeers(t *testing.T, programs string) {
	t.Helper()
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skipf("needs %s; ./test --peers runs it", programs)
	}
}
