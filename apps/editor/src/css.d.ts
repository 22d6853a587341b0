/** Style sheets are imported for their effect; the bundler of whoever uses the editor takes them in. */
declare module "*.css";
