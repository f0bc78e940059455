namespace Migrations.Benchmarks.Measuring;

/// <summary>The files of all sizes, each made when it is first needed.</summary>
internal sealed class Templates(Action<string, int> fill) : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Dictionary<int, Template> templates = [];

    public Template Of(int rows)
    {
        if (!templates.TryGetValue(rows, out Template? template))
        {
            string path = scratch.File($"{rows}.db");
            fill(path, rows);
            template = new Template(path);
            templates.Add(rows, template);
        }

        return template;
    }

    public void Dispose() => scratch.Dispose();
}
