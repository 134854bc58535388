package app

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/internal/play/lesson"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

func learnCommand() *cli.Command {
	return &cli.Command{
		Name:      "learn",
		Usage:     "take a lesson: a question, your prediction, and what descents show",
		ArgsUsage: "[N|KEY|FILE]",
		Description: "Without an argument it lists the lessons, each with its number and its key. FILE is a lesson of your own, as docs/lessons.md describes; its claims are\n" +
			"checked on its own runs, and one that they do not show is an error. `gdbench play` shows the same lessons as pictures.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "answer", Usage: "`NUMBER` of the choice that you predict", DefaultText: "it is asked for"},
		},
		Action: learn,
	}
}

func learn(c *cli.Context) error {
	all, err := lesson.All()
	if err != nil {
		return err
	}
	out := c.App.Writer
	switch {
	case c.NArg() > 1:
		return usage("learn: found %s; expected one lesson", english.Count(c.NArg(), "argument"))
	case c.NArg() == 0:
		for _, l := range all {
			fmt.Fprintf(out, "%2d  %-14s  %s\n", l.Number, l.Key, l.Title)
		}
		return nil
	}
	l, err := chosenLesson(c.Args().First(), all)
	if err != nil {
		return err
	}
	printQuestion(out, l)
	answer, err := predicted(c, l)
	if err != nil {
		return err
	}
	printVerdict(out, l, answer)
	var failures []string
	for i, scene := range l.Scenes() {
		record, err := play.Run(c.Context, scene.Play)
		if err != nil {
			return usage("learn: the playground %q of the lesson: %w", scene.Title, err)
		}
		printScene(out, scene, i > 0, record)
		failures = append(failures, scene.Failures(record)...)
	}
	printRest(out, l)
	if len(failures) > 0 {
		return against("the runs of the lesson do not show what it says:\n%s", strings.Join(failures, "\n"))
	}
	return nil
}

// chosenLesson is that of a number, a key or a file.
func chosenLesson(name string, all []*lesson.Lesson) (*lesson.Lesson, error) {
	if n, err := strconv.Atoi(name); err == nil {
		if n < 1 || n > len(all) {
			return nil, usage("learn: there is no lesson %d; expected 1 to %d, a key or a file", n, len(all))
		}
		return all[n-1], nil
	}
	if i := slices.IndexFunc(all, func(l *lesson.Lesson) bool { return l.Key == name }); i >= 0 {
		return all[i], nil
	}
	content, err := limit.ReadFile(name, "a lesson")
	if err != nil {
		return nil, usage("learn: %w; expected the number of a lesson, 1 to %d, its key or a file", err, len(all))
	}
	l, err := lesson.Read(name, content)
	if err != nil {
		return nil, usage("learn: %w", err)
	}
	return l, nil
}

func printQuestion(out io.Writer, l *lesson.Lesson) {
	fmt.Fprintf(out, "%s\n\n%s\n\n%s\n", text.Terminal(l.Title), text.Terminal(l.Question), text.Terminal(l.Predict.Ask))
	for i, choice := range l.Predict.Choices {
		fmt.Fprintf(out, "  %d. %s\n", i+1, text.Terminal(choice))
	}
}

// predicted is the choice of the learner, who is asked for it before anything is shown.
func predicted(c *cli.Context, l *lesson.Lesson) (int, error) {
	said := ""
	if c.IsSet("answer") {
		said = strconv.Itoa(c.Int("answer"))
	} else {
		fmt.Fprint(c.App.Writer, "Your prediction: ")
		line, err := bufio.NewReader(c.App.Reader).ReadString('\n')
		if err != nil && line == "" {
			fmt.Fprintln(c.App.Writer)
			return 0, usage("learn: expected a prediction; type the number of a choice, or give it with --answer")
		}
		said = strings.TrimSpace(line)
	}
	n, err := strconv.Atoi(said)
	if err != nil || n < 1 || n > len(l.Predict.Choices) {
		return 0, usage("learn: found the prediction %q; expected 1 to %d", said, len(l.Predict.Choices))
	}
	return n, nil
}

func printVerdict(out io.Writer, l *lesson.Lesson, answer int) {
	verdict := "As you predicted"
	if answer != l.Predict.Answer {
		verdict = "Not quite"
	}
	fmt.Fprintf(out, "\n%s: %s\n", verdict, text.Terminal(l.Predict.Choices[l.Predict.Answer-1]))
}

// printScene is a playground with its runs, and what is seen in them.
func printScene(out io.Writer, s lesson.Scene, further bool, record *play.Record) {
	if further {
		fmt.Fprintf(out, "\n%s\n", text.Terminal(s.Title))
		if s.Text != "" {
			fmt.Fprintf(out, "  %s\n", text.Terminal(s.Text))
		}
	}
	for i := range record.Runs {
		printRun(out, &record.Runs[i])
	}
	fmt.Fprintln(out, "\nWhat is seen")
	for _, seen := range s.See {
		fmt.Fprintf(out, "  - %s\n", text.Terminal(seen.Text))
	}
}

// printRest is what a lesson says beside its runs.
func printRest(out io.Writer, l *lesson.Lesson) {
	for _, part := range []struct{ title, text string }{{"What is proved", l.Proved}, {"What a picture in the plane cannot show", l.Beyond}} {
		if part.text != "" {
			fmt.Fprintf(out, "\n%s\n  %s\n", part.title, text.Terminal(part.text))
		}
	}
	if l.Suite != "" {
		fmt.Fprintf(out, "\nAt full length: gdbench run %s\n", text.Terminal(l.Suite))
	}
}

// printRun is one descent: a sketch of its progress and its sentences.
func printRun(out io.Writer, d *play.Descent) {
	fmt.Fprintf(out, "\n%s\n", text.Terminal(d.Label))
	t := &results.Trace{Value: d.F, Gap: d.Gap}
	for k := range d.F {
		t.Iteration = append(t.Iteration, int64(k))
	}
	printSketch(out, t, 50, 4)
	for _, s := range d.Sentences {
		fmt.Fprintf(out, "  %s\n", text.Terminal(s))
	}
	if d.Theory != "" {
		fmt.Fprintf(out, "  theory: %s\n", text.Terminal(d.Theory))
	}
}
