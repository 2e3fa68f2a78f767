# The service alone: the rooms, the reference dataset and the locked libraries. docker-compose.yml adds Neo4j.

FROM python:3.13-slim-bookworm AS libraries
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10068 --no-create-home res68 \
    && install --directory --owner res68 /var/lib/res68
COPY --from=libraries /opt/venv /opt/venv
WORKDIR /srv/res68
COPY ontology ontology
COPY graph graph
COPY resolvers resolvers
COPY schema schema
COPY res68 res68
COPY data data
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 RES68_HOST=0.0.0.0 RES68_DATA_DIR=/var/lib/res68
USER res68
EXPOSE 8068
CMD ["python", "-m", "res68", "serve"]
