package checks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// Prometheus adds these to what it scrapes, and le is a histogram's.
var added = []string{"job", "instance", "le"}

type dashboard struct {
	UID           string           `json:"uid"`
	Title         string           `json:"title"`
	SchemaVersion int              `json:"schemaVersion"`
	Templating    dashboardOptions `json:"templating"`
	Panels        []panel          `json:"panels"`
}

type dashboardOptions struct {
	List []struct {
		Name  string `json:"name"`
		Type  string `json:"type"`
		Query any    `json:"query"`
	} `json:"list"`
}

type panel struct {
	ID          int            `json:"id"`
	Type        string         `json:"type"`
	Title       string         `json:"title"`
	GridPos     map[string]int `json:"gridPos"`
	FieldConfig struct {
		Defaults struct {
			Unit string `json:"unit"`
		} `json:"defaults"`
	} `json:"fieldConfig"`
	Targets []struct {
		RefID        string `json:"refId"`
		Expr         string `json:"expr"`
		LegendFormat string `json:"legendFormat"`
	} `json:"targets"`
}

type rule struct {
	Alert       string            `json:"alert"`
	Expr        string            `json:"expr"`
	For         string            `json:"for"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

func dashboards(t *testing.T) map[string]dashboard {
	t.Helper()
	files, err := filepath.Glob(root + "/deploy/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dashboards: %v", err)
	}
	all := map[string]dashboard{}
	for _, file := range files {
		var one dashboard
		if err := json.Unmarshal([]byte(read(t, file)), &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[filepath.Base(file)] = one
	}
	return all
}

func rules(t *testing.T) []rule {
	t.Helper()
	var file struct {
		Groups []struct {
			Name  string `json:"name"`
			Rules []rule `json:"rules"`
		} `json:"groups"`
	}
	if err := yaml.UnmarshalStrict([]byte(read(t, root+"/deploy/alerts/tidegate.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	var all []rule
	for _, group := range file.Groups {
		all = append(all, group.Rules...)
	}
	if len(all) == 0 {
		t.Fatal("no rules")
	}
	return all
}

// expressions are all of dashboards and alerts, by where they stand.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for file, one := range dashboards(t) {
		for _, panel := range one.Panels {
			for _, target := range panel.Targets {
				all[file+": "+panel.Title+" "+target.RefID] = target.Expr
			}
		}
		for _, variable := range one.Templating.List {
			if query, ok := variable.Query.(map[string]any); ok {
				text, _ := query["query"].(string)
				metric, _, _ := strings.Cut(strings.TrimPrefix(text, "label_values("), ", ")
				all[file+": $"+variable.Name] = metric
			}
		}
	}
	for _, rule := range rules(t) {
		all["alert "+rule.Alert] = rule.Expr
	}
	return all
}

func TestDashboardsLoadAndTheirPanelsHaveOneIdAndOnePlaceEach(t *testing.T) {
	uids := map[string]string{}
	for file, one := range dashboards(t) {
		if one.UID == "" || one.Title == "" || one.SchemaVersion < 36 || uids[one.UID] != "" {
			t.Errorf("%s: uid %q, title %q, schemaVersion %d", file, one.UID, one.Title, one.SchemaVersion)
		}
		uids[one.UID] = file
		ids, cells := map[int]bool{}, map[[2]int]string{}
		for _, panel := range one.Panels {
			if panel.ID == 0 || ids[panel.ID] {
				t.Errorf("%s: id %d of %q is there twice, or none", file, panel.ID, panel.Title)
			}
			ids[panel.ID] = true
			if panel.Type != "row" && (len(panel.Targets) == 0 || panel.FieldConfig.Defaults.Unit == "") {
				t.Errorf("%s: %q has no expression, or no unit", file, panel.Title)
			}
			at := panel.GridPos
			if at["x"]+at["w"] > 24 {
				t.Errorf("%s: %q is wider than the page", file, panel.Title)
			}
			for x := at["x"]; x < at["x"]+at["w"]; x++ {
				for y := at["y"]; y < at["y"]+at["h"]; y++ {
					if other, used := cells[[2]int{x, y}]; used {
						t.Errorf("%s: %q lies over %q", file, panel.Title, other)
					}
					cells[[2]int{x, y}] = panel.Title
				}
			}
		}
	}
}

func TestEveryAlertSaysHowBadItIsAndWhatToDo(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range rules(t) {
		if seen[rule.Alert] || !strings.HasPrefix(rule.Alert, "Tidegate") {
			t.Errorf("%q is there twice, or not Tidegate's", rule.Alert)
		}
		seen[rule.Alert] = true
		if severity := rule.Labels["severity"]; severity != "page" && severity != "ticket" {
			t.Errorf("%s: severity %q", rule.Alert, severity)
		}
		if rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" {
			t.Errorf("%s: no summary or no description", rule.Alert)
		}
	}
}

// What can be said without a gateway: docs/operations.md has every metric of the gateway's own.
func TestEveryMetricOfDashboardsAndAlertsIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, name := range regexp.MustCompile("(?m)^\\| `(tidegate_[a-z_]+)").FindAllStringSubmatch(read(t, root+"/docs/operations.md"), -1) {
		documented[name[1]] = true
	}
	for where, expression := range expressions(t) {
		all, _ := series(expression)
		if len(all) == 0 {
			t.Errorf("%s names no metric: %s", where, expression)
		}
		for _, one := range all {
			name := one.metric
			for _, suffix := range []string{"_bucket", "_sum", "_count"} {
				if base := strings.TrimSuffix(name, suffix); documented[base] {
					name = base
				}
			}
			if strings.HasPrefix(name, "tidegate_") && !documented[name] {
				t.Errorf("%s: docs/operations.md has no %s", where, one.metric)
			}
		}
	}
}

func TestEveryMetricOfDashboardsAndAlertsIsExportedByTheGateway(t *testing.T) {
	metrics := metrics(t, gateway(t))
	metrics["up"] = map[string]bool{}
	for where, expression := range expressions(t) {
		all, by := series(expression)
		labels := slices.Clone(added)
		for _, one := range all {
			has, ok := metrics[one.metric]
			if !ok {
				t.Errorf("%s: the gateway exports no %s", where, one.metric)
				continue
			}
			for label := range has {
				labels = append(labels, label)
			}
			for _, label := range one.labels {
				if !has[label] && !slices.Contains(added, label) {
					t.Errorf("%s: %s has no label %s", where, one.metric, label)
				}
			}
		}
		for _, label := range by {
			if !slices.Contains(labels, label) {
				t.Errorf("%s groups by %s, which no metric of it has", where, label)
			}
		}
	}
}

func TestPromtoolTakesTheRulesAndTheyFireWhenTheyShould(t *testing.T) {
	promtool := tool(t, "promtool")
	if out, err := run(t, "", promtool, "check", "rules", "--lint=all", "--lint-fatal", root+"/deploy/alerts/tidegate.yaml"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := run(t, "", promtool, "test", "rules", "testdata/alerts_test.yaml"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Dashboards are no rules, but their expressions can stand in some: then promtool reads them as Prometheus would.
func TestEveryExpressionOfDashboardsIsPromQL(t *testing.T) {
	variables := strings.NewReplacer("$__rate_interval", "5m", "$job", "tidegate", "$instance", "a")
	var all []map[string]string
	for _, one := range dashboards(t) {
		for _, panel := range one.Panels {
			for _, target := range panel.Targets {
				all = append(all, map[string]string{"record": "checked:expression", "expr": variables.Replace(target.Expr)})
			}
		}
	}
	text, err := json.Marshal(map[string]any{"groups": []any{map[string]any{"name": "dashboards", "rules": all}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run(t, "", tool(t, "promtool"), "check", "rules", "--lint=none", file); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
