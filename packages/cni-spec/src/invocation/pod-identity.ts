/** The Kubernetes pod that an attachment is for. */
export interface PodIdentity {
  namespace: string;
  name: string;
  uid?: string;
}

/** From the keys that kubelet's runtimes put into CNI_ARGS; both names must be there. */
export function podIdentity(args: ReadonlyMap<string, string>): PodIdentity | undefined {
  const namespace = args.get('K8S_POD_NAMESPACE');
  const name = args.get('K8S_POD_NAME');
  const uid = args.get('K8S_POD_UID');
  if (!namespace || !name) return undefined;
  return uid ? { namespace, name, uid } : { namespace, name };
}
