/** The main package of one control plane component. */
export function componentMain(component: string, factory: string): string {
  return `package main

import (
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	"k8s.io/kubernetes/cmd/${component}/app"
)

func main() {
	os.Exit(cli.Run(app.${factory}()))
}
`;
}

/** kubectl prints errors and picks exit statuses itself: `kubectl diff` says 1 for a difference, more for a failure. */
export const kubectlMain = `package main

import (
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
`;
