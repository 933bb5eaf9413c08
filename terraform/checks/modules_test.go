package checks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var (
	providersOnce sync.Once
	providers     string
	providersFail string
)

// overrides is a CLI configuration with the provider as it is in the repository, and a stand-in for Helm's. Overrides for
// development spare the installation: no registry is asked for anything.
func overrides(t *testing.T, data string) string {
	t.Helper()
	providersOnce.Do(buildProviders)
	if providersFail != "" {
		t.Fatalf("the provider cannot be built: %s", providersFail)
	}
	config := filepath.Join(data, "tofurc")
	text := "provider_installation {\n  dev_overrides {\n" +
		"    \"tidegate.io/tidegate/tidegate\" = " + quoted(providers) + "\n" +
		"    \"hashicorp/helm\" = " + quoted(providers) + "\n  }\n}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// tofu runs OpenTofu in a folder, with what it keeps about it in another; of the caller's environment it sees nothing
// that is OpenTofu's or the provider's.
func tofu(t *testing.T, folder, data string, environment []string, args ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), tool(t, "tofu"), args...)
	command.Dir = folder
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "TIDEGATE_") {
			command.Env = append(command.Env, variable)
		}
	}
	command.Env = append(command.Env, "TF_CLI_CONFIG_FILE="+overrides(t, data), "TF_DATA_DIR="+filepath.Join(data, "tofu"), "TF_IN_AUTOMATION=1")
	command.Env = append(command.Env, environment...)
	var out, errors bytes.Buffer
	command.Stdout, command.Stderr = &out, &errors
	err := command.Run()
	if err != nil {
		return out.String() + errors.String(), err
	}
	return out.String(), nil
}

func quoted(text string) string {
	return `"` + strings.ReplaceAll(text, `\`, `\\`) + `"`
}

// buildProviders makes both in one folder that stays for all tests of this run; go's own cache makes it quick.
func buildProviders() {
	folder, err := os.MkdirTemp("", "tidegate-providers-")
	if err != nil {
		providersFail = err.Error()
		return
	}
	providers = folder
	for name, source := range map[string]string{"tidegate": root + "/terraform/provider", "helm": "helmstand"} {
		command := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(folder, "terraform-provider-"+name), ".")
		command.Dir = source
		if out, err := command.CombinedOutput(); err != nil {
			providersFail = source + ": " + err.Error() + "\n" + string(out)
			return
		}
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if shared.gateway != nil {
		if err := shared.gateway.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if providers != "" {
		_ = os.RemoveAll(providers)
	}
	os.Exit(code)
}

// configurations are the folders of modules and examples.
func configurations(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"modules/*", "examples/*"} {
		found, err := filepath.Glob(root + "/terraform/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range found {
			if info, err := os.Stat(one); err == nil && info.IsDir() {
				all = append(all, one)
			}
		}
	}
	for _, name := range []string{"modules/app", "modules/deploy-kubernetes", "examples/first-app", "examples/saas", "examples/ci"} {
		if !slices.Contains(all, root+"/terraform/"+name) {
			t.Fatalf("there is no %s", name)
		}
	}
	return all
}

func TestModulesAndExamplesAreValidAndFormatted(t *testing.T) {
	for _, folder := range configurations(t) {
		data := t.TempDir()
		if out, err := tofu(t, folder, data, nil, "get"); err != nil {
			t.Errorf("%s: get: %v\n%s", folder, err, out)
			continue
		}
		if out, err := tofu(t, folder, data, nil, "validate"); err != nil {
			t.Errorf("%s: validate: %v\n%s", folder, err, out)
		}
		if out, err := tofu(t, folder, data, nil, "fmt", "-check", "-recursive", "-diff"); err != nil {
			t.Errorf("%s: fmt: %v\n%s", folder, err, out)
		}
	}
}

func TestModulesDoAndRefuseWhatTheirOwnTestsSay(t *testing.T) {
	for _, name := range []string{"app", "deploy-kubernetes"} {
		folder, data := root+"/terraform/modules/"+name, t.TempDir()
		if out, err := tofu(t, folder, data, nil, "test", "-no-color"); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// The provider's own address is asked, and no host of a registry is named.
func TestNoConfigurationNamesARegistry(t *testing.T) {
	for _, folder := range configurations(t) {
		files, err := filepath.Glob(folder + "/*.tf")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no configuration: %v", folder, err)
		}
		all := ""
		for _, file := range files {
			all += read(t, file)
		}
		if (strings.Contains(all, `resource "tidegate_`) || strings.Contains(all, `module "app"`)) && !strings.Contains(all, `source = "tidegate.io/tidegate/tidegate"`) {
			t.Errorf("%s does not say whose provider tidegate is", folder)
		}
		for _, source := range regexp.MustCompile(`(?m)^\s*source\s*=\s*"([^"]*)"`).FindAllStringSubmatch(all, -1) {
			if from := source[1]; from != "tidegate.io/tidegate/tidegate" && from != "hashicorp/helm" && !strings.HasPrefix(from, "../") {
				t.Errorf("%s takes something from %s", folder, from)
			}
		}
	}
}

// What the module makes of its variables must be values that the chart takes.
func TestTheChartTakesWhatTheModuleGives(t *testing.T) {
	for name, variables := range map[string]map[string]any{
		"single": {},
		"external": {
			"existing_secret": "tidegate",
			"database":        map[string]any{"url": "jdbc:postgresql://db:5432/tidegate", "user": "tidegate"},
		},
		"cluster": {
			"name":            "gate",
			"existing_secret": "tidegate",
			"secrets":         map[string]any{"operator_token": map[string]any{"secret": "a", "key": "b"}, "master_key": map[string]any{"secret": "c", "key": "d"}, "database_password": map[string]any{"secret": "e", "key": "f"}, "redis_url": map[string]any{"secret": "g", "key": "h"}},
			"database":        map[string]any{"url": "jdbc:postgresql://db:5432/tidegate", "user": "tidegate", "connections": 40},
			"redis":           true,
			"autoscaling":     map[string]any{"max_replicas": 9},
			"ingress":         map[string]any{"class_name": "nginx", "hosts": []string{"rt.example.com"}, "tls_secret": "rt"},
			"trusted_proxies": []string{"10.0.0.0/8"},
			"monitoring":      map[string]any{"labels": map[string]any{"release": "prometheus"}},
			"settings":        map[string]any{"TIDEGATE_ACCEPTED_PER_SECOND": "800"},
			"persistence":     map[string]any{"storage_class": "fast", "existing_claim": "mine"},
			"values":          []string{"resources: {limits: {memory: 4Gi}}"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := planned(t, variables)
			pod := all.one(t, "Deployment").at("spec.template.spec.containers").index(0)
			equal(t, pod.at("image").text(), "example/tidegate:1.2.3")
			if name != "cluster" {
				return
			}
			equal(t, pod.at("resources.limits.memory").text(), "4Gi")
			equal(t, all.one(t, "HorizontalPodAutoscaler").at("spec.maxReplicas").number(), 9)
			equal(t, all.one(t, "Ingress").at("spec.rules").index(0).at("host").text(), "rt.example.com")
			equal(t, len(all.of("PrometheusRule")), 1)
		})
	}
}

// planned is the chart rendered with the values of the module's plan, and checked against the schemas.
func planned(t *testing.T, variables map[string]any) manifests {
	t.Helper()
	variables["namespace"] = "realtime"
	variables["image"] = map[string]any{"repository": "example/tidegate", "tag": "1.2.3"}
	data, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(variables)
	if err != nil {
		t.Fatal(err)
	}
	given, plan, state := filepath.Join(data, "given.tfvars.json"), filepath.Join(data, "plan"), filepath.Join(data, "state")
	if err := os.WriteFile(given, text, 0o600); err != nil {
		t.Fatal(err)
	}
	module := root + "/terraform/modules/deploy-kubernetes"
	if out, err := tofu(t, module, data, nil, "plan", "-input=false", "-no-color", "-state="+state, "-var-file="+given, "-out="+plan); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	shown, err := tofu(t, module, data, nil, "show", "-json", plan)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown)
	}
	var document node
	unmarshal(t, shown, &document.value)
	release := document.at("planned_values.root_module.resources").index(0).at("values")
	args := []string{"template", release.at("name").text(), chart, "--namespace", release.at("namespace").text()}
	for i, one := range release.at("values").all() {
		file := filepath.Join(data, "values-"+string(rune('a'+i))+".yaml")
		if err := os.WriteFile(file, []byte(one.text()), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--values", file)
	}
	rendered, err := run(t, "", tool(t, "helm"), args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, rendered)
	}
	conform(t, rendered)
	return documents(t, rendered)
}

func unmarshal(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}
