using System.Reflection;
using System.Runtime.Loader;

namespace Mlops.Benchmarks.Ahead;

/// <summary>Finds methods by the names that the just-in-time compiler prints.</summary>
/// <param name="published">The folder of the build, with its libraries and packages.</param>
sealed class MethodFinder(string published) : AssemblyLoadContext("published")
{
    const BindingFlags Any = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The code for one reference is that for all, and <c>object</c> has a name.</summary>
    readonly Dictionary<string, Type?> types = new(StringComparer.Ordinal)
    {
        ["System.__Canon"] = typeof(object),
        ["bool"] = typeof(bool),
        ["char"] = typeof(char),
        ["sbyte"] = typeof(sbyte),
        ["byte"] = typeof(byte),
        ["short"] = typeof(short),
        ["ushort"] = typeof(ushort),
        ["int"] = typeof(int),
        ["uint"] = typeof(uint),
        ["long"] = typeof(long),
        ["ulong"] = typeof(ulong),
        ["float"] = typeof(float),
        ["double"] = typeof(double),
        ["nint"] = typeof(nint),
        ["nuint"] = typeof(nuint),
    };

    IReadOnlyList<Assembly>? assemblies;

    /// <summary>All overloads; none where the type or the method is not, or no longer, there.</summary>
    public IReadOnlyList<MethodBase> Find(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var bracket = name.IndexOf('[', colon);
        var method = name[(colon + 1)..(bracket < 0 ? name.Length : bracket)];
        try
        {
            Type[] arguments = bracket < 0 ? [] : [.. Parts(name[(bracket + 1)..^1]).Select(TypeOf)];
            return
            [
                .. TypeOf(name[..colon]).GetMembers(Any).OfType<MethodBase>()
                    .Where(each => each.Name == method && !each.IsAbstract && Arity(each) == arguments.Length)
                    .Select(each => each is MethodInfo info && arguments.Length > 0
                        ? info.MakeGenericMethod(arguments)
                        : each),
            ];
        }
        catch (Exception exception) when (exception is TypeLoadException or ArgumentException)
        {
            return [];
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Path.Combine(published, assemblyName.Name + ".dll") is var path && File.Exists(path)
            ? LoadFromAssemblyPath(path)
            : null;

    static int Arity(MethodBase method) =>
        method.IsGenericMethodDefinition ? method.GetGenericArguments().Length : 0;

    static IEnumerable<string> Parts(string list)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < list.Length; at++)
        {
            depth += list[at] switch { '[' => 1, ']' => -1, _ => 0 };
            if (list[at] == ',' && depth == 0)
            {
                yield return list[start..at];
                start = at + 1;
            }
        }
        yield return list[start..];
    }

    Type TypeOf(string name) =>
        Type.GetType(name, null, (_, outermost, _) => Outermost(outermost), throwOnError: true)!;

    Type? Outermost(string name)
    {
        if (!types.TryGetValue(name, out var type))
            types[name] = type = (assemblies ??= [.. LoadAll()])
                .Select(assembly => assembly.GetType(name)).FirstOrDefault(found => found is not null);
        return type;
    }

    IEnumerable<Assembly> LoadAll()
    {
        yield return typeof(object).Assembly;
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (var path in Directory.GetFiles(published, "*.dll").Order(StringComparer.Ordinal)
            .Concat(Directory.GetFiles(framework, "*.dll").Order(StringComparer.Ordinal)))
        {
            Assembly? assembly = null;
            try
            {
                assembly = LoadFromAssemblyName(AssemblyName.GetAssemblyName(path));
            }
            catch (BadImageFormatException)
            {
                // A native library has no methods of ours.
            }
            if (assembly is not null)
                yield return assembly;
        }
    }
}
