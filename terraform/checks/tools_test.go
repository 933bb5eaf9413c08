package checks

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the repository's, seen from here.
const root = "../.."

var (
	toolsLock sync.Mutex
	tools     = map[string]string{}
)

// tool is where a program is: what TIDEGATE_HELM, TIDEGATE_KUBECONFORM or TIDEGATE_PROMTOOL names, or what
// terraform/tools builds, the first time for some minutes. Where it cannot be had the test is skipped with the reason,
// and fails when CI=true: there nobody would read that.
func tool(t *testing.T, name string) string {
	t.Helper()
	toolsLock.Lock()
	defer toolsLock.Unlock()
	if path, ok := tools[name]; ok {
		return path
	}
	path := os.Getenv("TIDEGATE_" + strings.ToUpper(name))
	if path == "" {
		command := exec.Command("sh", filepath.Join(root, "terraform/tools/build.sh"), name)
		command.Stderr = os.Stderr
		out, err := command.Output()
		if err != nil {
			unavailable(t, "%s cannot be built: %v", name, err)
		}
		path = strings.TrimSpace(string(out))
	}
	tools[name] = path
	return path
}

func unavailable(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf("SKIPPED: "+format, args...)
}

// run gives what a program writes, and whether it ended well.
func run(t *testing.T, stdin, name string, args ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stdin = strings.NewReader(stdin)
	// helm keeps what it knows in the caller's home: here it knows nothing, and asks no repository.
	command.Env = append(os.Environ(), "HELM_CACHE_HOME="+t.TempDir(), "HELM_CONFIG_HOME="+t.TempDir(), "HELM_DATA_HOME="+t.TempDir())
	var out, errors strings.Builder
	command.Stdout, command.Stderr = &out, &errors
	err := command.Run()
	if err != nil {
		return out.String() + errors.String(), err
	}
	return out.String(), nil
}
