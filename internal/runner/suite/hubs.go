//go:build !playground

package suite

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// hubs are the processes of a suite that have been started.
type hubs []*process.Hub

// lending guards the registries while components are lent: a name means one thing at a time.
var lending sync.Mutex

// openProcesses starts the processes that a suite declares, and lends their components until
// giveBack is called.
func (s *Suite) openProcesses(source param.Source, root *yaml.Node) (giveBack func(), err error) {
	n := param.Get(root, "processes")
	if n == nil {
		return func() {}, nil
	}
	if n.Kind != yaml.MappingNode {
		return nil, source.Errorf(n, "processes: expected a map of names and commands, such as {scipy: [python3, -m, gdbench.scipy]}")
	}
	var programs []process.Declaration
	for i := 0; i < len(n.Content); i += 2 {
		var p Program
		key := n.Content[i]
		if !process.ValidName(key.Value) {
			return nil, source.Errorf(key, "processes: the name %q; expected letters, digits, dashes and underscores", key.Value)
		}
		if err := source.DecodeStruct(n.Content[i+1], &p); err != nil {
			return nil, err
		}
		programs = append(programs, process.Declaration{Prefix: key.Value, Run: p.Run, Timeout: time.Duration(p.Timeout * 1e9), Dir: s.Dir})
	}
	if !process.Allowed() {
		return nil, source.Errorf(n, "the suite starts programs:%s\nallow it with --allow-processes, or %s=1 in the environment", commands(programs), process.Variable)
	}
	lending.Lock()
	var backs []func()
	giveBack = func() {
		for _, back := range backs {
			back()
		}
		lending.Unlock()
	}
	for i, d := range programs {
		back, err := s.open(d)
		if err != nil {
			giveBack()
			s.Close()
			return nil, source.Errorf(n.Content[2*i+1], "process %s (%s): %v", d.Prefix, command(d), err)
		}
		backs = append(backs, back)
	}
	return giveBack, nil
}

// open starts one program and lends its components.
func (s *Suite) open(d process.Declaration) (giveBack func(), err error) {
	h, err := process.Open(context.Background(), d)
	if err != nil {
		return nil, err
	}
	s.hubs = append(s.hubs, h)
	return h.Lend()
}

// commands lists programs, one a line.
func commands(programs []process.Declaration) string {
	text := ""
	for _, d := range programs {
		text += fmt.Sprintf("\n  %s: %s", d.Prefix, command(d))
	}
	return text
}

func command(d process.Declaration) string { return fmt.Sprintf("%q", d.Run) }

// Close ends the processes of the suite, also those at work.
func (s *Suite) Close() {
	for _, h := range s.hubs {
		h.Close()
	}
}

// Processes are the programs of the suite as a manifest keeps them.
func (s *Suite) Processes() []results.Process {
	var out []results.Process
	for _, h := range s.hubs {
		out = append(out, results.Process{
			Name: h.Prefix, Run: h.Run, Version: h.Hello.Version, Files: h.Digests, RoundTrip: results.Number(h.RoundTrip.Seconds()),
		})
	}
	return out
}
