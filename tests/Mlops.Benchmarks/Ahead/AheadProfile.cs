using System.Reflection;
using System.Reflection.Emit;

namespace Mlops.Benchmarks.Ahead;

/// <summary>
/// Writes what the ahead-of-time compiler reads after <c>--mibc</c>: an assembly of functions that are never
/// called. One names, for each group of methods, the assemblies that these need and the function that has a
/// token of each; a group is passed over where one of its assemblies is not compiled with the others.
/// </summary>
static class AheadProfile
{
    public static void Write(string path, IEnumerable<MethodBase> methods)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("AheadOfTime"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("AheadOfTime");
        var groups = methods.GroupBy(AssembliesOf).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select((group, number) => (group.Key, Function: Group(module, number, group))).ToList();
        var code = Define(module, "AssemblyDictionary").GetILGenerator();
        foreach (var (names, function) in groups)
        {
            code.Emit(OpCodes.Ldstr, names);
            code.Emit(OpCodes.Ldtoken, function);
            code.Emit(OpCodes.Pop);
        }
        code.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(path);
    }

    static MethodBuilder Group(ModuleBuilder module, int number, IEnumerable<MethodBase> methods)
    {
        var function = Define(module, $"Group{number}");
        var code = function.GetILGenerator();
        foreach (var method in methods)
        {
            code.Emit(OpCodes.Ldtoken, method is ConstructorInfo constructor
                ? module.GetMethodMetadataToken(constructor)
                : module.GetMethodMetadataToken((MethodInfo)method));
            code.Emit(OpCodes.Pop);
        }
        code.Emit(OpCodes.Ret);
        return function;
    }

    static MethodBuilder Define(ModuleBuilder module, string name) =>
        module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);

    /// <summary>That of the type first, as the compiler expects; each with a semicolon.</summary>
    static string AssembliesOf(MethodBase method)
    {
        var types = method.IsGenericMethod ? method.GetGenericArguments() : [];
        var own = method.DeclaringType!.Assembly.GetName().Name!;
        var others = types.Append(method.DeclaringType).SelectMany(Parts)
            .Select(type => type.Assembly.GetName().Name!).Where(name => name != own)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Concat(others.Prepend(own).Select(name => $"{name};"));
    }

    static IEnumerable<Type> Parts(Type type) => type.HasElementType
        ? Parts(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Parts).Append(type);
}
