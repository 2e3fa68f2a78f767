// GraphiQL with the gallery of example operations beside the editor. React and GraphiQL come from graphiql/.
"use strict";

(() => {
  const h = React.createElement;
  const { useEditorContext, useExecutionContext } = GraphiQL.React;
  const page = JSON.parse(document.getElementById("page").textContent);
  const examples = page.audiences.flatMap((audience) => audience.examples);
  const asked = new URLSearchParams(window.location.search);
  const linked = page.asked || examples.find((example) => example.name === asked.get("operation"));
  // GraphiQL looks at a document 100 ms after it changed; an operation that is run before goes by its old name.
  const SETTLED = 250;

  function addressOf(example) {
    if (example === page.asked) {
      return `${window.location.pathname}?thing=${encodeURIComponent(example.title)}`;
    }
    return `${window.location.pathname}?operation=${encodeURIComponent(example.name)}`;
  }

  // The tab that was open when the page was left, so that GraphiQL does not add an empty one.
  function lastTab() {
    try {
      const kept = JSON.parse(window.localStorage.getItem("graphiql:tabState"));
      return kept.tabs[kept.activeTabIndex];
    } catch {
      return undefined;
    }
  }

  // A function that puts an example into the editor, in a tab of its own where somebody's work is in this one.
  function useChooser() {
    const { queryEditor, variableEditor, addTab } = useEditorContext();
    const execution = useExecutionContext();
    const run = React.useRef(execution.run);
    run.current = execution.run;
    return (example) => {
      const present = queryEditor.getValue().trim();
      const ours = present === "" || examples.some((one) => one.query.trim() === present);
      if (!ours) {
        addTab();
      }
      window.setTimeout(() => {
        queryEditor.setValue(example.query);
        variableEditor.setValue(example.variables);
        window.history.replaceState(null, "", addressOf(example));
        window.setTimeout(() => run.current(), SETTLED);
      }, 0);
    };
  }

  function Choice({ example, chosen, choose }) {
    const link = {
      href: addressOf(example),
      "aria-current": chosen ? "true" : undefined,
      onClick: (event) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
          event.preventDefault();
          choose(example);
        }
      },
    };
    return h("li", null, h("a", link, example.title), chosen && example.about ? h("p", null, example.about) : null);
  }

  function Gallery() {
    const [chosen, setChosen] = React.useState(linked ? linked.name : null);
    const put = useChooser();
    const choose = (example) => {
      setChosen(example.name);
      put(example);
    };
    return h(
      "nav",
      { className: "gallery", "aria-label": "Questions" },
      h("h2", { className: "graphiql-doc-explorer-title" }, "Questions"),
      h("p", null, "Choose one: it fills the editor and is asked at once. Change it as you like and ask again."),
      page.audiences.map((audience) =>
        h(
          "section",
          { key: audience.name },
          h("h3", null, audience.name),
          h(
            "ul",
            null,
            audience.examples.map((example) =>
              h(Choice, { key: example.name, example, chosen: example.name === chosen, choose }),
            ),
          ),
        ),
      ),
    );
  }

  function Icon() {
    return h(
      "svg",
      { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.6, "aria-hidden": true },
      h("path", { d: "M4 5h16v11H9l-5 4z", strokeLinejoin: "round" }),
      h("path", { d: "M8 9h8M8 12h5", strokeLinecap: "round" }),
    );
  }

  // The way home, always on the page; it also asks what a link such as ?operation=name leads to.
  function Home() {
    const { queryEditor } = useEditorContext();
    const { run } = useExecutionContext();
    const asking = React.useRef(Boolean(linked));
    const latest = React.useRef(run);
    latest.current = run;
    React.useEffect(() => {
      if (queryEditor && asking.current) {
        asking.current = false;
        window.setTimeout(() => latest.current(), SETTLED);
      }
    }, [queryEditor]);
    return h("a", { className: "graphiql-logo-link", href: page.home }, "Res68");
  }

  function Page() {
    const [plugins] = React.useState(() => [
      { title: "Questions", icon: Icon, content: Gallery },
      GraphiQLPluginExplorer.explorerPlugin(),
    ]);
    const tab = linked || lastTab() || examples[0] || {};
    return h(
      GraphiQL,
      {
        fetcher: GraphiQL.createFetcher({ url: page.endpoint }),
        plugins,
        visiblePlugin: "Questions",
        query: tab.query || undefined,
        variables: tab.variables || undefined,
        defaultQuery: "",
        defaultEditorToolsVisibility: "variables",
        isHeadersEditorEnabled: false,
        inputValueDeprecation: true,
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, h(Home)),
    );
  }

  ReactDOM.createRoot(document.getElementById("graphiql")).render(h(Page));
})();
