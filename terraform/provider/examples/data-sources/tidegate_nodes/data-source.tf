data "tidegate_nodes" "all" {}

check "every_node_runs_one_version" {
  assert {
    condition     = length(distinct([for node in data.tidegate_nodes.all.nodes : node.version if node.live])) <= 1
    error_message = "The gateway's nodes run different versions."
  }
}
