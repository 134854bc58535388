package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/results"
)

// progress shows how far a run has come: a bar on a terminal, a line now and then
// elsewhere.
type progress struct {
	out    io.Writer
	suite  string
	bar    *progressbar.ProgressBar // nil where out is no terminal
	last   time.Time
	counts map[results.Status]int
}

// lineEvery is how often a line is written where there is no terminal.
const lineEvery = 10 * time.Second

func newProgress(out io.Writer, suite string, cells int) *progress {
	p := &progress{out: out, suite: suite, last: time.Now(), counts: map[results.Status]int{}}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions(cells,
			progressbar.OptionSetWriter(out), progressbar.OptionShowCount(), progressbar.OptionFullWidth(),
			progressbar.OptionSetDescription(suite), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
		return p
	}
	fmt.Fprintf(out, "%s: %s\n", suite, english.Count(cells, "cell"))
	return p
}

func (p *progress) update(now pool.Progress) {
	p.counts[now.Last.Status]++
	if p.bar != nil {
		p.bar.ChangeMax(now.Cells) // of a shard
		// A bar that cannot be drawn is no reason to end a run.
		_ = p.bar.Set(now.Done)
		return
	}
	if now.Done == now.Cells || time.Since(p.last) >= lineEvery {
		p.last = time.Now()
		fmt.Fprintf(p.out, "%s: %d of %s%s\n", p.suite, now.Done, english.Count(now.Cells, "cell"), p.trouble())
	}
}

// trouble counts what a user would want to know before the end.
func (p *progress) trouble() string {
	text := ""
	for _, s := range []results.Status{results.Diverged, results.Failed, results.Skipped} {
		if n := p.counts[s]; n > 0 {
			text += fmt.Sprintf(", %d %s", n, s)
		}
	}
	return text
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
