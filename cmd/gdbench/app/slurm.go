package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// slurmJob is a suite for Slurm: an array whose tasks run a shard each, and a job after it
// that merges and reports. Everything is in one folder, which becomes that of the merged
// run:
//
//	slurm/array.sh, merge.sh, *.log
//	shards/1-of-8, …
//	manifest.json, runs.jsonl, report/
type slurmJob struct {
	name    string
	binary  string   // absolute path of this program
	suite   string   // absolute path, or the name of a suite that comes with gdbench
	folder  string   // absolute path
	grid    []string // --set and --only
	tasks   int
	workers int
	options []string // for sbatch, of both jobs
}

// arrayScript runs one shard. Its number is that of the task, and not its place among
// those of the array, so that `sbatch --array=3` runs shard 3 again. A task that Slurm
// starts again resumes.
func (j *slurmJob) arrayScript() string {
	run := []string{j.binary, "run", j.suite, "--no-report", "--resume", fmt.Sprintf("--workers=%d", j.workers)}
	return fmt.Sprintf(`#!/bin/sh
# One shard of %[1]s. A task that is started again resumes its shard.
if [ -n "$SLURM_MEM_PER_NODE" ]; then export GOMEMLIMIT=$((SLURM_MEM_PER_NODE * 9 / 10))MiB; fi
exec %[2]s --shard "$SLURM_ARRAY_TASK_ID/%[3]d" --out %[4]s/shards/"$SLURM_ARRAY_TASK_ID-of-%[3]d"
`, j.name, shellWords(append(run, j.grid...)), j.tasks, shellWords([]string{j.folder}))
}

// mergeScript puts the shards together. It runs however the tasks ended, for a failed cell
// fails its task and is a result all the same; what is missing is named by the merge.
func (j *slurmJob) mergeScript() string {
	return fmt.Sprintf(`#!/bin/sh
# The run of %s out of its shards, and its report.
out=%s
gdbench=%s
merged=$out/slurm/merged
if [ ! -e "$out/manifest.json" ]; then # else this job was started again while it made the report
	"$gdbench" merge "$out"/shards/*-of-%d --out "$out"
	echo $? >"$merged"
fi
code=$(cat "$merged") || code=1
if [ -e "$out/manifest.json" ]; then "$gdbench" report "$out" || exit; fi
exit $code
`, j.name, shellWords([]string{j.folder}), shellWords([]string{j.binary}), j.tasks)
}

func (j *slurmJob) script(name string) string { return filepath.Join(j.folder, "slurm", name) }

// log is a pattern in which Slurm replaces %a; any other % is doubled.
func (j *slurmJob) log(name string) string {
	return "--output=" + strings.ReplaceAll(j.script(""), "%", "%%") + "/" + name
}

func (j *slurmJob) arrayCommand() []string {
	own := []string{"sbatch", "--parsable", "--job-name=" + j.name, fmt.Sprintf("--array=1-%d", j.tasks),
		fmt.Sprintf("--cpus-per-task=%d", j.workers), "--requeue", "--open-mode=append", j.log("%a.log")}
	return append(append(own, j.options...), j.script("array.sh"))
}

func (j *slurmJob) mergeCommand(after string) []string {
	own := []string{"sbatch", "--parsable", "--job-name=" + j.name + "-merge", "--dependency=afterany:" + after,
		"--requeue", "--open-mode=append", j.log("merge.log")}
	return append(append(own, j.options...), j.script("merge.sh"))
}

// scripts are the files of the job, in the order of their use.
func (j *slurmJob) scripts() [][2]string {
	return [][2]string{{j.script("array.sh"), j.arrayScript()}, {j.script("merge.sh"), j.mergeScript()}}
}

// show prints what submit would do.
func (j *slurmJob) show(out io.Writer) {
	for _, s := range j.scripts() {
		fmt.Fprintf(out, "would write %s:\n\n%s\n", s[0], s[1])
	}
	fmt.Fprintf(out, "would submit:\n\n%s\n%s\n", shellWords(j.arrayCommand()), shellWords(j.mergeCommand("ARRAY")))
}

// submit writes the scripts and hands both jobs to Slurm.
func (j *slurmJob) submit(out io.Writer) error {
	if _, err := exec.LookPath("sbatch"); err != nil {
		return usage("submit: sbatch not found: %w; call this on a machine that submits to Slurm, or use --dry-run to print what would be submitted", err)
	}
	if err := os.MkdirAll(filepath.Join(j.folder, "slurm"), 0o755); err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	for _, s := range j.scripts() {
		if err := atomicfile.Write(s[0], []byte(s[1]), 0o755); err != nil {
			return fmt.Errorf("submit: %w", err)
		}
	}
	array, err := sbatch(j.arrayCommand())
	if err != nil {
		return fmt.Errorf("submit: %w", err)
	}
	merge, err := sbatch(j.mergeCommand(array))
	if err != nil {
		return fmt.Errorf("submit: the array was submitted as job %s, but its merge was not: %w; cancel the array with scancel %s, or call `gdbench merge` when it has ended", array, err, array)
	}
	fmt.Fprintf(out, "job %s runs %s, job %s merges them; the run and the logs go to %s\n", array, english.Count(j.tasks, "shard"), merge, j.folder)
	return nil
}

// sbatch submits a job and returns its number.
func sbatch(command []string) (string, error) {
	c := exec.Command(command[0], command[1:]...)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	answer, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("sbatch: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	id, _, _ := strings.Cut(strings.TrimSpace(string(answer)), ";") // the name of the cluster may follow
	if id == "" {
		return "", errors.New("sbatch printed no job number")
	}
	return id, nil
}

// shellWords is a command as sh reads it; words that need no quotes have none.
func shellWords(words []string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = word
		if word == "" || strings.Trim(word, plain) != "" {
			out[i] = text.Shell(word)
		}
	}
	return strings.Join(out, " ")
}
