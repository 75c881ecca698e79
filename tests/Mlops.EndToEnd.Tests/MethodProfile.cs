using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Mlops.EndToEnd.Tests;

/// <summary>
/// The methods that a profile of the ahead-of-time compiler names, as the just-in-time compiler prints them:
/// <c>Namespace.Type`1[Argument]:Method[Argument]</c>. Nothing is loaded, so it needs none of the assemblies.
/// </summary>
sealed class MethodProfile : ISignatureTypeProvider<string, object?>
{
    /// <summary>The code for one reference is that for all: its argument is an object.</summary>
    const string AnyReference = "System.__Canon";

    readonly MetadataReader reader;

    MethodProfile(MetadataReader reader) => this.reader = reader;

    /// <summary>Each once, as overloads have one name.</summary>
    public static IReadOnlySet<string> Names(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var profile = new MethodProfile(reader);
        return reader.MethodDefinitions.Select(reader.GetMethodDefinition)
            .SelectMany(function => Tokens(file.GetMethodBody(function.RelativeVirtualAddress).GetILReader()))
            .Where(token => token.Kind != HandleKind.MethodDefinition)
            .Select(profile.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the function loads: it consists of nothing else.</summary>
    static List<EntityHandle> Tokens(BlobReader code)
    {
        const byte LoadString = 0x72, LoadToken = 0xD0;
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
            switch (code.ReadByte())
            {
                case LoadString:
                    code.ReadInt32();
                    break;
                case LoadToken:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
            }
        return tokens;
    }

    string Name(EntityHandle method)
    {
        if (method.Kind != HandleKind.MethodSpecification)
            return Name(reader.GetMemberReference((MemberReferenceHandle)method));
        var made = reader.GetMethodSpecification((MethodSpecificationHandle)method);
        return Name(made.Method) + List(made.DecodeSignature(this, null));
    }

    string Name(MemberReference method) =>
        (method.Parent.Kind == HandleKind.TypeSpecification
            ? GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)method.Parent, 0)
            : GetTypeFromReference(reader, (TypeReferenceHandle)method.Parent, 0))
        + ":" + reader.GetString(method.Name);

    static string List(IEnumerable<string> arguments) => $"[{string.Join(',', arguments)}]";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Char => "char",
        PrimitiveTypeCode.SByte => "sbyte",
        PrimitiveTypeCode.Byte => "byte",
        PrimitiveTypeCode.Int16 => "short",
        PrimitiveTypeCode.UInt16 => "ushort",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.UInt32 => "uint",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.UInt64 => "ulong",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.Double => "double",
        PrimitiveTypeCode.IntPtr => "nint",
        PrimitiveTypeCode.UIntPtr => "nuint",
        PrimitiveTypeCode.Object => AnyReference,
        _ => typeCode.ToString(),
    };

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            return GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "+" + name;
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        genericType + List(typeArguments);

    public string GetSZArrayType(string elementType) => throw Foreign();

    public string GetArrayType(string elementType, ArrayShape shape) => throw Foreign();

    public string GetByReferenceType(string elementType) => throw Foreign();

    public string GetPointerType(string elementType) => throw Foreign();

    public string GetPinnedType(string elementType) => throw Foreign();

    public string GetFunctionPointerType(MethodSignature<string> signature) => throw Foreign();

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => throw Foreign();

    public string GetGenericMethodParameter(object? genericContext, int index) => throw Foreign();

    public string GetGenericTypeParameter(object? genericContext, int index) => throw Foreign();

    public string GetTypeFromDefinition(
        MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => throw Foreign();

    static InvalidDataException Foreign() => new("No method of the list is generic over such a type.");
}
