package checks

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"sigs.k8s.io/yaml"
)

const chart = root + "/terraform/modules/deploy-kubernetes/chart"

// profiles are the values files that the chart is rendered with.
func profiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/values/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no values files: %v", err)
	}
	return files
}

// template renders the chart as a release "gate" in the namespace "realtime".
func template(t *testing.T, values string, more ...string) (string, error) {
	t.Helper()
	args := append([]string{"template", "gate", chart, "--namespace", "realtime", "--values", values}, more...)
	return run(t, "", tool(t, "helm"), args...)
}

func render(t *testing.T, values string, more ...string) manifests {
	t.Helper()
	text, err := template(t, values, more...)
	if err != nil {
		t.Fatalf("helm template %s: %v\n%s", values, err, text)
	}
	return documents(t, text)
}

func documents(t *testing.T, text string) manifests {
	t.Helper()
	var all manifests
	for _, part := range regexp.MustCompile(`(?m)^---\n`).Split(text, -1) {
		var one node
		if err := yaml.UnmarshalStrict([]byte(part), &one.value); err != nil {
			t.Fatalf("%v\n%s", err, part)
		}
		if one.value != nil {
			all = append(all, one)
		}
	}
	return all
}

// schemaCheck is kubeconform's word on manifests: what Kubernetes would say of their fields.
func schemaCheck(t *testing.T, text string) (string, error) {
	t.Helper()
	schemas, err := filepath.Abs("testdata/schemas")
	if err != nil {
		t.Fatal(err)
	}
	return run(t, text, tool(t, "kubeconform"), "-strict", "-summary", "-schema-location", schemas+"/{{.ResourceKind}}{{.KindSuffix}}.json", "-")
}

func conform(t *testing.T, text string) {
	t.Helper()
	if out, err := schemaCheck(t, text); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
