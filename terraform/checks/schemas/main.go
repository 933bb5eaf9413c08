// Command schemas writes the JSON Schemas that kubeconform checks the chart with, made from the Go types of Kubernetes
// and of the Prometheus Operator: there is no other place to have them from without asking the network on each run.
//
//	go run . ../testdata/schemas
//
// One file per kind that the chart renders, named as kubeconform's template {{.ResourceKind}}{{.KindSuffix}}.json.
// They are stricter than an API server: an unknown field and a null are mistakes.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
)

// The kinds of the chart. A kind that is not here has no schema, and kubeconform refuses it.
var kinds = []struct {
	apiVersion string
	kind       string
	value      any
}{
	{"apps/v1", "Deployment", apps.Deployment{}},
	{"autoscaling/v2", "HorizontalPodAutoscaler", autoscaling.HorizontalPodAutoscaler{}},
	{"monitoring.coreos.com/v1", "PrometheusRule", monitoring.PrometheusRule{}},
	{"monitoring.coreos.com/v1", "ServiceMonitor", monitoring.ServiceMonitor{}},
	{"networking.k8s.io/v1", "Ingress", networking.Ingress{}},
	{"networking.k8s.io/v1", "NetworkPolicy", networking.NetworkPolicy{}},
	{"policy/v1", "PodDisruptionBudget", policy.PodDisruptionBudget{}},
	{"v1", "ConfigMap", core.ConfigMap{}},
	{"v1", "PersistentVolumeClaim", core.PersistentVolumeClaim{}},
	{"v1", "Service", core.Service{}},
	{"v1", "ServiceAccount", core.ServiceAccount{}},
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run . FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(folder string) error {
	enums, err := enumsOf("k8s.io/api/core/v1", "k8s.io/api/networking/v1", "k8s.io/api/autoscaling/v2", "k8s.io/api/apps/v1", "k8s.io/api/policy/v1")
	if err != nil {
		return err
	}
	for _, one := range kinds {
		schema := newBuilder(enums).document(one.apiVersion, one.kind, one.value)
		text, err := json.MarshalIndent(schema, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fileName(one.apiVersion, one.kind)), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// fileName is deployment-apps-v1.json for Deployment of apps/v1: the group up to its first dot.
func fileName(apiVersion, kind string) string {
	group, version, grouped := strings.Cut(apiVersion, "/")
	if !grouped {
		return strings.ToLower(kind) + "-" + apiVersion + ".json"
	}
	group, _, _ = strings.Cut(group, ".")
	return strings.ToLower(kind) + "-" + group + "-" + version + ".json"
}
