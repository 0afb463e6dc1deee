/** In a node: the VNICs that the API knows of the instance, asked for in the instance's own name. */
import { createClient, createSigner, createVnicApi, credentialsOf } from '@vcn-cni/oci-vnic/api';

const [metadataBaseUrl, federationEndpoint, endpoint, instanceId, compartmentId] =
  process.argv.slice(2) as [string, string, string, string, string];
const source = credentialsOf({ kind: 'instance-principal', metadataBaseUrl, federationEndpoint });
const client = createClient({ endpoint })({ signer: createSigner(source) });
const vnics = await createVnicApi({ instanceId, compartmentId })({ client }).listVnics();
console.log(JSON.stringify(vnics.map(({ id }) => id)));
process.exit();
