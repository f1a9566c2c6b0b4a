# One image for every process of Presslark; docker-compose.yml says which worker a container runs.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production
# One heap of the C library for all threads: some 50 MB less, see docs/notes/writing.md.
ENV MALLOC_ARENA_MAX=1
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed: better-sqlite3 and msgpackr carry prebuilt binaries for this platform.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY --from=build /app/dist ./dist
COPY config ./config
# Named volumes take over the owner of these folders, so that the user below may write.
RUN mkdir data editions && chown node:node data editions
USER node
# On loopback of the container; one process a container, so all may use the same port.
ENV PRESSLARK_METRICS=9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/readyz').then((answer) => process.exit(Number(!answer.ok)), () => process.exit(1))"]
CMD ["node", "dist/src/app/cli.js", "run"]
