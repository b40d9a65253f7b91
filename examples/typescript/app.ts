import { App } from 'aws-cdk-lib';
import { PetStoreStack } from './pet-store-stack';

const app = new App();
new PetStoreStack(app, 'PetStore', { webOrigin: 'https://app.example.com' });
