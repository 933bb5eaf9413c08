// Package tofu runs the plain command line, as a user would: an OpenTofu binary, folders with configuration, and the
// built provider in a filesystem mirror, so that no registry is asked.
package tofu

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"tidegate.io/tidegate/terraform/gatewaytest"
)

// commandWithin bounds one command, so that a test that hangs says which.
const commandWithin = 5 * time.Minute

// Required is the block that every configuration begins with.
const Required = `terraform {
  required_providers {
    tidegate = {
      source = "tidegate.io/tidegate/tidegate"
    }
  }
}
`

// Folder is a working directory of the command line.
type Folder struct {
	Path   string
	binary string
	env    []string
}

// Result is how a command went.
type Result struct {
	// Code is its exit status.
	Code int
	// Output is what it wrote to both streams.
	Output string
}

// New makes a folder whose provider talks to that endpoint with that token. Both are given by the environment.
func New(t testing.TB, endpoint, token string) *Folder {
	t.Helper()
	folder := t.TempDir()
	rc := filepath.Join(folder, "tofu.rc")
	write(t, rc, fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror(t)))
	f := &Folder{Path: filepath.Join(folder, "work"), binary: Binary(t)}
	if err := os.Mkdir(f.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "TIDEGATE_") {
			f.env = append(f.env, variable)
		}
	}
	f.Set("TF_CLI_CONFIG_FILE", rc)
	f.Set("TF_IN_AUTOMATION", "1")
	f.Set("TF_INPUT", "0")
	f.Set("TIDEGATE_ENDPOINT", endpoint)
	f.Set("TIDEGATE_TOKEN", token)
	return f
}

// Binary is TF_ACC_TERRAFORM_PATH.
func Binary(t testing.TB) string {
	t.Helper()
	binary := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if binary == "" {
		t.Fatal("TF_ACC_TERRAFORM_PATH names no OpenTofu binary (`make test-terraform` builds one)")
	}
	return binary
}

// Set gives the commands that follow an environment variable.
func (f *Folder) Set(name, value string) { f.env = append(f.env, name+"="+value) }

// Write puts a file of configuration there.
func (f *Folder) Write(t testing.TB, name, content string) {
	t.Helper()
	write(t, filepath.Join(f.Path, name), content)
}

// Run runs one command, however it ends.
func (f *Folder) Run(t testing.TB, args ...string) Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), commandWithin)
	defer cancel()
	command := exec.CommandContext(ctx, f.binary, args...)
	command.Dir, command.Env = f.Path, f.env
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	result := Result{Output: output.String()}
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Errorf("tofu %s took more than %s:\n%s", strings.Join(args, " "), commandWithin, result.Output)
		result.Code = -1
	case errors.As(err, &ended):
		result.Code = ended.ExitCode()
	case err != nil:
		t.Errorf("tofu %s: %v", strings.Join(args, " "), err)
		result.Code = -1
	}
	return result
}

// Must is Run for what has to succeed; it gives what was written.
func (f *Folder) Must(t testing.TB, args ...string) string {
	t.Helper()
	result := f.Run(t, args...)
	if result.Code != 0 {
		t.Fatalf("tofu %s ended with %d:\n%s", strings.Join(args, " "), result.Code, result.Output)
	}
	return result.Output
}

// NoChanges fails the test when a plan would change anything, a refresh included.
func (f *Folder) NoChanges(t testing.TB) {
	t.Helper()
	result := f.Run(t, "plan", "-no-color", "-detailed-exitcode")
	if result.Code != 0 {
		t.Errorf("the plan is not empty (exit %d):\n%s", result.Code, result.Output)
	}
}

// mirrorRoot is the mirror's folder, empty while there is none. Written by built, once.
var mirrorRoot string

var built = sync.OnceValues(func() (string, error) {
	root, err := os.MkdirTemp("", "tidegate-mirror-")
	if err != nil {
		return "", err
	}
	mirrorRoot = root
	place := filepath.Join(root, "tidegate.io", "tidegate", "tidegate", "0.1.0", runtime.GOOS+"_"+runtime.GOARCH)
	return root, build(".", filepath.Join(place, "terraform-provider-tidegate_v0.1.0"))
})

// mirror has the provider as it is in this working tree, built once for all tests.
func mirror(t testing.TB) string {
	t.Helper()
	root, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// RemoveMirror is for when all tests have ended.
func RemoveMirror() error {
	if mirrorRoot == "" {
		return nil
	}
	return os.RemoveAll(mirrorRoot)
}

// Build builds one of the module's programs, and gives where it is.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), filepath.Base(pkg))
	if err := build(pkg, out); err != nil {
		t.Fatal(err)
	}
	return out
}

func build(pkg, out string) error {
	command := exec.Command("go", "build", "-buildvcs=false", "-o", out, pkg)
	command.Dir = filepath.Join(gatewaytest.Root(), "terraform", "provider")
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, said)
	}
	return nil
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Attribute is what the state says of the first resource of a kind.
func (f *Folder) Attribute(t testing.TB, kind, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(f.Path, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Type      string
			Instances []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	for _, resource := range state.Resources {
		if resource.Type == kind && len(resource.Instances) > 0 {
			value, _ := resource.Instances[0].Attributes[name].(string)
			return value
		}
	}
	t.Fatalf("the state has no %s", kind)
	return ""
}
