import { App } from 'aws-cdk-lib';
import { PreflightHandler } from 'cdk-cors';
import { AccountsStack } from './accounts-stack';
import { PetStoreStack } from './pet-store-stack';

const webOrigin = 'https://app.example.com';

const app = new App();
new PetStoreStack(app, 'PetStore', { webOrigin });
new AccountsStack(app, 'Accounts', { webOrigin, preflightHandler: PreflightHandler.builtIn() });
