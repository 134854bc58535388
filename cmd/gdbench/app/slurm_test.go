//go:build linux

package app_test

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// slurm is a Slurm cluster of one node, this machine, with everything of its own in one
// folder: key, sockets, ports, state. A Slurm of the machine is not touched.
type slurm struct {
	folder string
	env    []string
}

// startSlurm starts the three daemons, which end with the test.
func startSlurm(t *testing.T) *slurm {
	needSlurm(t)
	s := &slurm{folder: t.TempDir()}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	at := func(name string) string { return filepath.Join(s.folder, name) }
	for folder := s.folder; len(folder) > len(os.TempDir()); folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil { // munged wants to be reached
			t.Fatal(err)
		}
	}
	key := make([]byte, 1024)
	if _, err := rand.Read(key); err != nil {
		t.Fatal(err)
	}
	conf := fmt.Sprintf(`ClusterName=test
SlurmctldHost=%[1]s(127.0.0.1)
SlurmctldPort=%[3]d
SlurmdPort=%[4]d
AuthType=auth/munge
AuthInfo=socket=%[2]s/munge.socket,cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=%[2]s/slurmctld.pid
SlurmdPidFile=%[2]s/slurmd.pid
SlurmdSpoolDir=%[2]s/slurmd
StateSaveLocation=%[2]s/slurmctld
SlurmUser=root
SwitchType=switch/none
MpiDefault=none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
KillWait=5
NodeName=%[1]s NodeAddr=127.0.0.1 CPUs=%[5]d State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`, host, s.folder, freePort(t), freePort(t), runtime.NumCPU())
	for name, text := range map[string]string{"slurm.conf": conf, "munge.key": string(key)} {
		if err := os.WriteFile(at(name), []byte(text), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	s.env = append(os.Environ(), "SLURM_CONF="+at("slurm.conf"))
	s.daemon(t, "munged", "--foreground", "--force", "--socket="+at("munge.socket"), "--key-file="+at("munge.key"),
		"--pid-file="+at("munge.pid"), "--log-file="+at("munge.log"), "--seed-file="+at("munge.seed"))
	s.await(t, "munge", func() bool { _, err := os.Stat(at("munge.socket")); return err == nil })
	s.daemon(t, "slurmctld", "-D", "-i")
	s.await(t, "slurmctld", func() bool { return s.try("scontrol", "ping") == nil })
	s.daemon(t, "slurmd", "-D")
	t.Cleanup(func() { _ = s.try("scancel", "--full", "--signal=KILL", "--user=root") })
	s.await(t, "an idle node", func() bool { return strings.TrimSpace(s.ask(t, "sinfo", "-h", "-o", "%t")) == "idle" })
	return s
}

// needSlurm stops the test where a part of Slurm or munge is missing.
func needSlurm(t *testing.T) {
	for _, name := range []string{"munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "sinfo", "scancel"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("this test needs %s; install the Debian packages slurm-wlm and munge, as ./test --peers does", name)
		}
	}
}

func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *slurm) try(name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Env = s.env
	return c.Run()
}

// daemon starts a program that runs until the test ends.
func (s *slurm) daemon(t *testing.T, name string, args ...string) {
	log, err := os.Create(filepath.Join(s.folder, name+".out"))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(name, args...)
	c.Env, c.Stdout, c.Stderr = s.env, log, log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		killer := time.AfterFunc(10*time.Second, func() { _ = c.Process.Kill() })
		_ = c.Wait()
		killer.Stop()
		log.Close()
		if t.Failed() {
			text, _ := os.ReadFile(log.Name())
			t.Logf("%s:\n%s", name, text)
		}
	})
}

// await waits until something holds.
func (s *slurm) await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 900 {
		if holds() {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	out, _ := exec.Command("sh", "-c", "tail -n 20 "+s.folder+"/*.out").CombinedOutput()
	t.Fatalf("no %s after 3 minutes\n%s", what, out)
}

// ask runs a command of Slurm and returns what it prints.
func (s *slurm) ask(t *testing.T, name string, args ...string) string {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env = s.env
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestPeersSlurm runs a suite on a real Slurm. One task is requeued in its middle and
// resumes its shard; one is killed without warning, is named by the merge, and is finished
// by submitting again. The merged run is, timing aside, that of one process.
func TestPeersSlurm(t *testing.T) {
	needsPeers(t, "Slurm")
	s := startSlurm(t)
	work := filepath.Join(t.TempDir(), "it's 100% here")
	if err := os.MkdirAll(work, 0o755); err != nil {
		t.Fatal(err)
	}
	at := func(name ...string) string { return filepath.Join(append([]string{work}, name...)...) }
	binary := build(t, work)
	const text = `
suite: cluster
repeats: 100
budget: {iterations: 40000}
stop: {gradient: 0}
trace: {points: 20}
problems: [{name: quadratic, dim: [2, 10, 50], start: {name: normal}}]
methods: [{name: fixed-step, lr: [1/L, 1.9/L]}, {name: descent, step: exact}]
`
	if err := os.WriteFile(at("a suite.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	gdbench := func(args ...string) string { return s.ask(t, binary, args...) }
	submit := func() (array, merge string) {
		printed := gdbench("submit", at("a suite.yaml"), "--tasks", "3", "--time", "30", "--partition", "debug", "--out", at("the run"))
		if _, err := fmt.Sscanf(printed, "job %s runs 3 shards, job %s merges", &array, &merge); err != nil {
			t.Fatalf("%v: %s", err, printed)
		}
		return array, merge
	}
	began := func(shard string) func() bool {
		return func() bool {
			info, err := os.Stat(at("the run", "shards", shard, "runs.jsonl"))
			return err == nil && info.Size() > 10_000
		}
	}
	ended := func(job string) string {
		state := ""
		s.await(t, "end of job "+job, func() bool {
			_, state, _ = strings.Cut(s.ask(t, "scontrol", "show", "job", job, "--oneliner"), "JobState=")
			state, _, _ = strings.Cut(state, " ")
			return state != "PENDING" && state != "RUNNING" && state != "COMPLETING"
		})
		return state
	}

	array, merge := submit()
	s.await(t, "lines of shard 1", began("1-of-3"))
	s.ask(t, "scontrol", "requeue", array+"_1")
	s.await(t, "lines of shard 2", began("2-of-3"))
	s.ask(t, "scancel", "--signal=KILL", "--full", array+"_2")
	if state := ended(merge); state != "FAILED" {
		t.Errorf("the merge of a run that lacks cells is %s", state)
	}
	log, err := os.ReadFile(at("the run", "slurm", "merge.log"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(log), "cells are missing") || !strings.Contains(string(log), "shard 2/3 in "+at("the run", "shards", "2-of-3")+" was interrupted") {
		t.Errorf("the merge does not name what is missing:\n%s", log)
	}
	if strings.Contains(string(log), "shard 1/3 in") {
		t.Errorf("the task that was requeued did not finish its shard:\n%s", log)
	}
	first, err := os.ReadFile(at("the run", "slurm", "1.log"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(first), "cluster: 900 cells"); n != 2 {
		t.Errorf("task 1 began %d times, expected 2:\n%s", n, first)
	}

	_, merge = submit()
	if state := ended(merge); state != "COMPLETED" {
		log, _ := os.ReadFile(at("the run", "slurm", "merge.log"))
		t.Fatalf("the merge is %s\n%s", state, log)
	}
	gdbench("run", at("a suite.yaml"), "--no-report", "--out", at("whole"))
	read := func(run string) string {
		text, err := os.ReadFile(at(run, "runs.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		return timing.ReplaceAllString(string(text), "")
	}
	if read("whole") != read("the run") {
		t.Error("the merged run differs from that of one process")
	}
	if _, err := os.Stat(at("the run", "report", "summary.txt")); err != nil {
		t.Error(err)
	}
}
